/** Types of the call record in REST. */
import type { CallPage } from './generated.js';

export type {
  Call,
  CallConsent,
  CallParticipant,
  CallRecording,
  CallRoute,
  CallSummary,
  Timeline,
  TimelineEvent,
  Transcript,
  TranscriptTurn,
  TurnLatency,
  TurnProviders,
  TurnRole,
  TurnSource,
  TurnVia,
} from './generated.js';

/** A page of any list: its rows, and `cursor` of the next page. */
export type Page<T> = Omit<CallPage, 'data'> & Record<'data', T[]>;
