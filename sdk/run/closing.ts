/** Why a call is being closed, and what follows from it. */
import { CallError } from '../error/call-error.js';
import type { DisconnectCause } from '../media/media-port.js';
import type { CallEnd } from '../state/call-state.js';
import { endReasonOfError, failureOf, guessEndReason } from '../state/end-verdict.js';
import type { CallerEndReason, EndReason } from '../wire/call-status.js';

/** What set the end in motion. */
export type Closing =
  | { kind: 'hung_up' }
  | { kind: 'given_up'; cause: unknown }
  | { kind: 'page_closed' }
  | { kind: 'broke'; error: CallError }
  | { kind: 'dropped'; cause: DisconnectCause };

/** How the call ended, as it will be shown. */
export interface Verdict {
  endReason: EndReason;
  error: CallError | null;
}

/** What the page tells the server; `undefined` where the server knows better. */
export function reasonToTell(closing: Closing): CallerEndReason | undefined {
  switch (closing.kind) {
    case 'hung_up':
    case 'given_up':
      return 'user_disconnected';
    case 'page_closed':
      return 'page_closed';
    case 'broke': {
      const reason = endReasonOfError(closing.error.code);
      return reason === 'microphone_denied' || reason === 'network_failure' ? reason : undefined;
    }
    case 'dropped':
      return closing.cause === 'connection_lost' ? 'network_failure' : undefined;
  }
}

/** Whether the page was put out and can only ask why: to say that it leaves would end a call that may go on elsewhere. */
export function onlyAsks(closing: Closing): boolean {
  return closing.kind === 'dropped' && closing.cause !== 'connection_lost';
}

/** `told` is the server's end reason, `null` where it could not be asked. */
export function verdictOf(closing: Closing, told: EndReason | null): Verdict {
  switch (closing.kind) {
    case 'hung_up':
    case 'given_up':
      return { endReason: told ?? 'user_disconnected', error: null };
    case 'page_closed':
      return { endReason: 'page_closed', error: null };
    case 'broke': {
      const own = endReasonOfError(closing.error.code);
      // Asking ends the call: then the server's word for it is only an echo of the question.
      const echo = told === 'user_disconnected' && own !== 'unknown';
      return { endReason: echo ? own : (told ?? own), error: closing.error };
    }
    case 'dropped': {
      const endReason = told ?? guessEndReason(closing.cause);
      const code = failureOf(endReason);
      return { endReason, error: code ? new CallError(code) : null };
    }
  }
}

/** What `start()` rejects with when the call is closed before it is connected. */
export function startErrorOf(closing: Closing): CallError {
  if (closing.kind === 'broke') return closing.error;
  return CallError.aborted(closing.kind === 'given_up' ? closing.cause : undefined);
}

/** The end as state and event carry it. */
export function callEnd(callId: string | null, verdict: Verdict, durationMs: number): CallEnd {
  return { callId, endReason: verdict.endReason, durationMs };
}
