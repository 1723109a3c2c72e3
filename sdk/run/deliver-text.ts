/** Delivers a typed text: waits for the agent, and gives up when the call ends. */
import { CallError } from '../error/call-error.js';
import { textNotSent } from '../error/text-fault.js';
import type { MediaSession, TextRefusedFailure } from '../media/media-port.js';
import type { AgentState, CallState } from '../state/call-state.js';

/** How soon an agent that is not ready is asked again, in ms. */
const AGAIN_MS = 200;

/** Follows the state of a call. `onChange` returns a function that ends this. */
export interface StateWatch {
  now(): CallState;
  agentState(): AgentState | null;
  onChange(listener: () => void): () => void;
}

/** Resolves when the agent has taken the text. Throws `text_not_sent`. */
export async function deliverText(
  session: MediaSession,
  text: string,
  watch: StateWatch,
): Promise<void> {
  let isAsking = false;
  let again: ReturnType<typeof setTimeout> | undefined;
  let stop: () => void = () => {};
  try {
    await new Promise<void>((resolve, reject) => {
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
        session.sendText(text, status === 'active').then((isTaken) => {
          isAsking = false;
          if (isTaken) resolve();
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
