/** Where a running call reports to. */
import type { CallEventName, CallEvents } from '../events.js';
import type { TranscriptPiece } from '../media/media-port.js';
import type { CallAction } from '../state/reduce-call.js';

/** `DialNexaWebCall`, seen from the call that it runs. */
export interface CallSink {
  dispatch(action: CallAction): void;
  emit<Name extends CallEventName>(name: Name, payload: CallEvents[Name]): void;
  transcript(piece: TranscriptPiece): void;
}
