/** Types of the call record in REST. */
import type { CallPage } from './generated.js';

export type {
  Call,
  CallAudioCache,
  CallClient,
  CallConsent,
  CallCost,
  CallFeedback,
  CallFunction,
  CallLatency,
  CallParticipant,
  CallRecording,
  CallRoute,
  CallSummary,
  CallTransfer,
  CallUsage,
  ClientConnection,
  ClientEvent,
  CostPart,
  EntryPoint,
  Percentiles,
  PriceUnit,
  ProviderKind,
  ProviderUsage,
  Spread,
  Timeline,
  TimelineEvent,
  Transcript,
  TranscriptTurn,
  TransferParty,
  TransferStatus,
  TurnLatency,
  TurnProviders,
  TurnRole,
  TurnSource,
  TurnVia,
} from './generated.js';

/** A page of any list: its rows, and `cursor` of the next page. */
export type Page<T> = Omit<CallPage, 'data'> & Record<'data', T[]>;
