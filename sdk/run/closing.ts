/** Why a call is being closed, and what follows from it for server, page and `start()`. */
import { CallError } from '../error/call-error.js';
import type { DisconnectCause } from '../media/media-port.js';
import type { CallEnd } from '../state/call-state.js';
import { endReasonOfError, failureOf, guessEndReason } from '../state/end-verdict.js';
import type { CallerEndReason, EndReason } from '../wire/call-status.js';

/** Why the call is being closed. */
export type Closing =
  | { kind: 'hung_up' | 'taken_over' }
  | { kind: 'given_up'; cause: unknown }
  /** `mayReturn`: the next page may take the call up. */
  | { kind: 'page_closed'; mayReturn?: boolean }
  | { kind: 'broke'; error: CallError }
  | { kind: 'dropped'; cause: DisconnectCause };

/** How the call ended, as it is shown. */
export interface Verdict {
  endReason: EndReason;
  error: CallError | null;
}

/** The reason for the server; `undefined` where the server knows it better. */
export function reasonToTell(closing: Closing): CallerEndReason | undefined {
  switch (closing.kind) {
    case 'hung_up':
    case 'taken_over':
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

/**
 * Whether the page only reads how the call ended. It was removed from the room; *terminate* would end a call that may
 * go on elsewhere.
 */
export function onlyAsks(closing: Closing): boolean {
  return closing.kind === 'dropped' && closing.cause !== 'connection_lost';
}

/** How the call ended. `told` is the server's end reason; `null` when it gave none. */
export function verdictOf(closing: Closing, told: EndReason | null): Verdict {
  switch (closing.kind) {
    case 'hung_up':
    case 'taken_over':
    case 'given_up':
      return { endReason: told ?? 'user_disconnected', error: null };
    case 'page_closed':
      return { endReason: 'page_closed', error: null };
    case 'broke': {
      const own = endReasonOfError(closing.error.code);
      // The page's own *terminate* has ended the call, so this reason is not the cause.
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

/** Why, in one word, for the record. */
export function endDetail(closing: Closing): string {
  if (closing.kind === 'broke') return closing.error.code;
  return closing.kind === 'dropped' ? closing.cause : closing.kind;
}

/** What `start()` rejects with when the call is closed before media is up. */
export function startErrorOf(closing: Closing): CallError {
  if (closing.kind === 'broke') return closing.error;
  return CallError.aborted(closing.kind === 'given_up' ? closing.cause : undefined);
}

/** The end, as state and event contain it. */
export function callEnd(callId: string | null, verdict: Verdict, durationMs: number): CallEnd {
  return { callId, endReason: verdict.endReason, durationMs };
}
