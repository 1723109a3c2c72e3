/** The pure rules of a job: how far it has come, and what an event makes of that. */
import type { AgentEndReason } from '../../../sdk/wire/call-status.js';
import type { CallerAudio } from '../caller/caller-audio.js';
import type { CallerWatch } from '../caller/watch-caller.js';
import type { CallerPage } from '../page/open-page.js';
import type { RecordingUpload } from '../recording/recording-upload.js';
import type { EarlyTurn } from '../report/place-early-turn.js';
import type { TypedWords } from '../typed/hear-typed.js';
import type { ClaimedJob } from './claim-job.js';
import type { Conversation } from './open-conversation.js';

/** What is known of the caller: what it types, what it says, whether it is there, and the page that it calls from. */
export interface CallerParts {
  typed: TypedWords;
  audio: CallerAudio;
  presence: CallerWatch;
  page: CallerPage;
}

/** What exists only once the caller is heard. */
export interface Talk {
  /** `null` when the call keeps no recording. */
  upload: RecordingUpload | null;
  /** What the caller said before the session listened; `null`: nothing. */
  earlyTurn: EarlyTurn | null;
  /** Run when the call is over. */
  stops: readonly (() => void)[];
}

interface Joining {
  claim: ClaimedJob;
  caller: CallerParts;
}

interface AwaitingCaller extends Joining {
  conversation: Conversation;
}

/** A job that is not over. */
export type OpenPhase =
  | { name: 'claiming' }
  | ({ name: 'joining' } & Joining)
  | ({ name: 'awaiting_caller' } & AwaitingCaller)
  | ({ name: 'conversing' } & AwaitingCaller & Talk);

/** A job whose call has ended, with how far it had come. */
export interface OverPhase {
  name: 'over';
  last: OpenPhase;
  reason: AgentEndReason;
  /** The record's sentence where something broke. */
  error: string | undefined;
}

/** How far a job has come. */
export type JobPhase = OpenPhase | OverPhase;

/** What brings a job further. */
export type JobEvent =
  | ({ type: 'claimed' } & Joining)
  | { type: 'conversation_opened'; conversation: Conversation }
  | ({ type: 'caller_heard' } & Talk)
  | { type: 'ended'; reason: AgentEndReason; error: string | undefined };

/** Returns the very same phase when the event does not fit: what ends a call first counts, and nothing follows it. */
export function reduceJob(phase: JobPhase, event: JobEvent): JobPhase {
  if (phase.name === 'over') return phase;
  switch (event.type) {
    case 'claimed': {
      const { claim, caller } = event;
      return phase.name === 'claiming' ? { name: 'joining', claim, caller } : phase;
    }
    case 'conversation_opened': {
      const { conversation } = event;
      return phase.name === 'joining' ? { ...phase, name: 'awaiting_caller', conversation } : phase;
    }
    case 'caller_heard': {
      const { upload, earlyTurn, stops } = event;
      return phase.name === 'awaiting_caller'
        ? { ...phase, name: 'conversing', upload, earlyTurn, stops }
        : phase;
    }
    case 'ended':
      return { name: 'over', last: phase, reason: event.reason, error: event.error };
  }
}
