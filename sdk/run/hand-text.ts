/** Typed words wait for the agent; the end of the call ends the wait. */
import { CallError } from '../error/call-error.js';
import { textNotSent } from '../error/text-fault.js';
import type { MediaSession, TextRefusedFailure } from '../media/media-port.js';
import type { CallState } from '../state/call-state.js';

/** How a call's state can be followed. `onChange` returns how to stop. */
export interface StateWatch {
  now(): CallState;
  onChange(listener: () => void): () => void;
}

/** Resolves once the agent has taken the text. Throws `text_not_sent`. */
export async function handText(
  session: MediaSession,
  text: string,
  watch: StateWatch,
): Promise<void> {
  let sending: Promise<void> | null = null;
  let stop: () => void = () => {};
  try {
    await new Promise<void>((resolve, reject) => {
      const look = (): void => {
        const state = watch.now();
        if (state.status === 'active' && state.agentState !== 'gone') {
          sending ??= session.sendText(text).then(resolve, reject);
        } else if (!['starting', 'active', 'reconnecting'].includes(state.status)) {
          reject(textNotSent('call_over'));
        }
      };
      stop = watch.onChange(look);
      look();
    });
  } catch (cause) {
    if (cause instanceof CallError) throw cause;
    const { name, reason } = (cause ?? {}) as Partial<TextRefusedFailure>;
    throw textNotSent(name === 'TextRefusedError' ? (reason ?? null) : null, cause);
  } finally {
    stop();
  }
}
