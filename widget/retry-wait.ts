/** How long a visitor has to wait before another call is of any use, because the server has said so. */
import type { CallState } from '../sdk/index.js';

/** Of one element: counts down what the server asks for, from the moment at which the call has failed. */
export class RetryWait {
  readonly #update: () => void;
  #of: CallState | null = null;
  #until = 0;
  #tick: ReturnType<typeof setInterval> | undefined;

  /** `update`: to draw again, every second while there is something to wait for. */
  constructor(update: () => void) {
    this.#update = update;
  }

  /** Milliseconds that are left; 0: nothing is to be waited for. */
  left(state: CallState): number {
    if (this.#of !== state) {
      this.#of = state;
      this.#until = performance.now() + askedOf(state);
    }
    return Math.max(0, this.#until - performance.now());
  }

  /** After it was drawn. `isShown`: whether anybody sees the wait. */
  drawn(isShown: boolean): void {
    const isWaiting = isShown && this.#until > performance.now();
    if (isWaiting) this.#tick ??= setInterval(this.#update, 1000);
    else {
      clearInterval(this.#tick);
      this.#tick = undefined;
    }
  }
}

/** Other errors say at most how soon a program may ask again. */
function askedOf(state: CallState): number {
  if (state.status !== 'failed' || state.error.code !== 'rate_limited') return 0;
  return state.error.retryAfterMs ?? 0;
}
