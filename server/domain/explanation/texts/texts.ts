/** What an explanation says in one language. Each value is plain text, short, and in nobody's language. */
import type { CallRoute } from '../../../../sdk/wire/call.js';
import type { EndReason } from '../../../../sdk/wire/call-status.js';
import type { FindingCode, FindingValues } from '../finding-rules.js';
import type { Gone } from '../gone-of.js';

/** What is said of one kind of finding. */
export interface FindingTexts<Values> {
  /** A few words, for headlines; empty: none that the headline does not say without them. */
  title: string | ((values: Values) => string);
  /** One or two sentences on this call. */
  text(values: Values): string;
  /** What to do. */
  remedy: string;
}

/** Who started a call; empty texts are not known. */
export interface Starter {
  by: 'page' | 'backend' | 'livekit';
  isTest: boolean;
  page: string;
  key: string;
}

/** Which version, and why that one; `newest`: the newest that is published now. */
export interface Choice {
  by: CallRoute['chosen_by'];
  agent: string;
  number: number;
  title: string;
  newest: number | null;
}

/** How long each side waited; `null`: it did not come so far, or it is not known. */
export interface Waits {
  joined: number | null;
  answered: number | null;
  greeted: number | null;
  /** The agent was read, not heard. */
  isWritten: boolean;
}

/** What was said; the times of answers are `null` where none was measured. */
export interface Talk {
  /** Turns of the caller by voice, and typed ones. */
  spoken: number;
  typed: number;
  agentTurns: number;
  /** The agent answered in writing. */
  isWritten: boolean;
  p50: number | null;
  /** `null` where it is that of a single answer. */
  p90: number | null;
}

/** What the agent did beside talking. */
export interface Deeds {
  functions: number;
  failed: number;
  transferredTo: string;
}

/** The caller's connection; `null` and empty: not told. */
export interface Connection {
  codec: string;
  protocol: string;
  rtt: number | null;
  loss: number | null;
}

/** All texts of one language. */
export interface Texts {
  /** Main clauses without a full stop. */
  ended: Readonly<Record<EndReason, string>>;
  goingOn: string;
  /** `outcome`: one of the clauses above, `length`: of the call, or `null`. */
  headline(outcome: string, length: number | null, titles: readonly string[], more: number): string;
  started(starter: Starter): string;
  chosen(choice: Choice): string;
  waited(waits: Waits): string;
  talked(talk: Talk): string;
  /** Instead of `talked`, where no words are stored. */
  unstored: string;
  erased: string;
  untold: string;
  did(deeds: Deeds): string;
  /** After so many reloads, or ways to another page. */
  wentOn(pages: number): string;
  connected(connection: Connection): string;
  /** The last sentence; `error` may be empty, and is where `gone` is something. */
  over(outcome: string, length: number | null, error: string, gone: Gone): string;
  findings: { readonly [Code in FindingCode]: FindingTexts<FindingValues<Code>> };
}
