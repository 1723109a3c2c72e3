/** Typed words wait for the agent; the end of the call ends the wait. */
import { CallError } from '../error/call-error.js';
import { textNotSent } from '../error/text-fault.js';
import type { MediaSession, TextRefusedFailure } from '../media/media-port.js';
import type { AgentState, CallState } from '../state/call-state.js';

/** An agent that is on its way in is asked again so soon. */
const AGAIN_MS = 200;

/** How a call's state can be followed. `onChange` returns how to stop. */
export interface StateWatch {
  now(): CallState;
  agentState(): AgentState | null;
  onChange(listener: () => void): () => void;
}

/** Resolves once the agent has taken the text. Throws `text_not_sent`. */
export async function handText(
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
        // Whoever gets the words before it is ready does not greet on top of them.
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
