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

/** The same, until the call has ended: what still comes in then is not told, for another call may be under way. */
export function silentAfter(isOver: () => boolean, sink: CallSink): CallSink {
  return {
    dispatch: (action) => {
      if (!isOver()) sink.dispatch(action);
    },
    emit: (name, payload) => {
      if (!isOver()) sink.emit(name, payload);
    },
    transcript: (piece) => {
      if (!isOver()) sink.transcript(piece);
    },
  };
}
