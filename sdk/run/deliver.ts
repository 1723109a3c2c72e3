/** Delivers something to the agent: waits for it, and gives up when the call ends. */
import type { Emitter } from '../emitter.js';
import { CallError } from '../error/call-error.js';
import { textNotSent } from '../error/text-fault.js';
import type { TextRefusedFailure } from '../media/media-port.js';
import type { CallEvents } from '../events.js';
import type { AgentState, CallState } from '../state/call-state.js';

/** How soon an agent that is not ready is asked again, in ms. */
const AGAIN_MS = 200;

/** Follows the state of a call. `onChange` returns a function that ends this. */
export interface StateWatch {
  now(): CallState;
  agentState(): AgentState | null;
  onChange(listener: () => void): () => void;
}

/** The watch over a `DialNexaWebCall`. */
export function watchState(
  call: { readonly state: CallState; readonly agentState: AgentState | null },
  emitter: Pick<Emitter<CallEvents>, 'on'>,
): StateWatch {
  return {
    now: () => call.state,
    agentState: () => call.agentState,
    onChange: (listener) => {
      const stops = (['stateChange', 'agentState'] as const).map((name) =>
        emitter.on(name, listener),
      );
      return () => stops.forEach((stop) => stop());
    },
  };
}

/**
 * Resolves with what `send` answers when the agent has taken it; `null` from `send`: it is not ready. Throws
 * `text_not_sent`.
 */
export async function deliver<T>(
  send: (isReady: boolean) => Promise<T | null>,
  watch: StateWatch,
): Promise<T> {
  let isAsking = false;
  let again: ReturnType<typeof setTimeout> | undefined;
  let stop: () => void = () => {};
  try {
    return await new Promise<T>((resolve, reject) => {
      const look = (): void => {
        const { status } = watch.now();
        if (!['starting', 'active', 'reconnecting'].includes(status)) {
          reject(textNotSent('call_over'));
          return;
        }
        const agentState = watch.agentState();
        const isThere = agentState !== null && agentState !== 'gone' && status !== 'reconnecting';
        if (!isThere || isAsking) return;
        isAsking = true;
        // An agent that takes a text before it is ready answers it instead of greeting.
        send(status === 'active').then((answer) => {
          isAsking = false;
          if (answer !== null) resolve(answer);
          else again = setTimeout(look, AGAIN_MS);
        }, reject);
      };
      stop = watch.onChange(look);
      look();
    });
  } catch (cause) {
    if (cause instanceof CallError) throw cause;
    const { name, reason } = (cause ?? {}) as Partial<TextRefusedFailure>;
    throw textNotSent(name === 'TextRefusedError' ? (reason ?? null) : null, cause);
  } finally {
    clearTimeout(again);
    stop();
  }
}
