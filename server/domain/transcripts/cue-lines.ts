/** What a transcript as text says of a turn beside its words. */
import type { TranscriptTurn } from '../../../sdk/wire/call.js';
import { isCutByEnd } from './cut-by-end.js';
import { plainWords } from './plain-words.js';

/** Names of agents by id; empty where only one spoke. */
export type AgentNames = ReadonlyMap<string, string>;

/** Who spoke: `Agent`, `Caller`, and in brackets which agent, or how the words came. */
export function speakerOf(turn: TranscriptTurn, names: AgentNames): string {
  const { role, via, unverified } = turn;
  const who = role === 'agent' ? 'Agent' : 'Caller';
  const name = turn.agent_id === null ? undefined : names.get(turn.agent_id);
  const how = [
    name === undefined ? '' : plainWords(name),
    via === 'speech' ? '' : role === 'agent' ? 'written' : 'typed',
    unverified ? 'unverified' : '',
  ].filter(Boolean);
  return how.length > 0 ? `${who} (${how.join(', ')})` : who;
}

/** What follows the words of a turn that was not finished. */
export function endMark(
  turn: TranscriptTurn,
  turns: readonly TranscriptTurn[],
  lengthMs: number | null,
): string {
  if (!turn.interrupted) return '';
  const by = isCutByEnd(turn, turns, lengthMs) ? 'the end of the call' : 'the caller';
  return ` — [cut off by ${by}]`;
}

/** `00:01:02.345`, in hours, minutes, seconds and milliseconds. */
export function clockOf(ms: number, point: '.' | ',' = '.'): string {
  const whole = Math.max(0, Math.round(ms));
  const two = (value: number): string => String(Math.floor(value)).padStart(2, '0');
  const [hours, minutes, seconds] = [
    whole / 3_600_000,
    (whole / 60_000) % 60,
    (whole / 1_000) % 60,
  ];
  const rest = String(whole % 1_000).padStart(3, '0');
  return `${two(hours)}:${two(minutes)}:${two(seconds)}${point}${rest}`;
}
