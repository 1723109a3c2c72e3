/** Where a running call reports its changes. */
import type { CallEventName, CallEvents } from '../events.js';
import type { TranscriptPiece } from '../media/media-port.js';
import type { ClientTool } from '../tools/client-tool.js';
import type { LeftCall } from './kept-call.js';
import type { CallAction } from '../state/reduce-call.js';

/** The part of `DialNexaWebCall` that its call reports to. */
export interface CallSink {
  dispatch(action: CallAction): void;
  emit<Name extends CallEventName>(name: Name, payload: CallEvents[Name]): void;
  transcript(piece: TranscriptPiece): void;
  /** The page's function of that name. */
  tool(name: string): ClientTool | undefined;
  /** The page is left, and the next one may take the call up. */
  leave(call: LeftCall): void;
}

/** A sink that drops everything once the call is over, because the next call may be running. */
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
    tool: (name) => sink.tool(name),
    leave: (call) => sink.leave(call),
  };
}
