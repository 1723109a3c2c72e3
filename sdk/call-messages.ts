/** What a page sends to the agent of its call in writing, and by keys. */
import { checkString } from './check-arguments.js';
import { CallError } from './error/call-error.js';
import { LONGEST_TEXT, textNotSent } from './error/text-fault.js';
import type { CallRun } from './run/call-run.js';
import { deliver, type StateWatch } from './run/deliver.js';
import type { MediaSession } from './media/media-port.js';

/** The agent is told at most this often that the caller is typing, in ms. */
const TYPING_EVERY_MS = 3000;

/** The messages of a `DialNexaWebCall`. */
export class CallMessages {
  readonly #run: () => CallRun | null;
  readonly #watch: StateWatch;
  readonly #said: (words: string) => void;
  #typingToldAt = -Infinity;
  /** Settles with what was sent latest: two messages on their way together may overtake each other. */
  #latest: Promise<unknown> = Promise.resolve();

  /** `said` is told of words that belong into the transcript. */
  constructor(run: () => CallRun | null, watch: StateWatch, said: (words: string) => void) {
    this.#run = run;
    this.#watch = watch;
    this.#said = said;
  }

  async text(given: string): Promise<void> {
    const words = await this.#deliver('sendText', given, async (session, text, isReady) =>
      (await session.sendText(text, isReady)) ? '' : null,
    );
    if (words !== null) this.#said(words);
  }

  async context(given: string): Promise<void> {
    await this.#deliver('sendContext', given, (session, text, isReady) =>
      session.ask('context', text, isReady),
    );
  }

  async digits(given: string): Promise<void> {
    if (!/^[\dA-D*#]{1,32}$/i.test(checkString('sendDigits', 'keys', given))) {
      throw CallError.invalidOptions('Give sendDigits() 1 to 32 of the keys 0–9, *, # and A–D.');
    }
    const keys = await this.#deliver(
      'sendDigits',
      given.toUpperCase(),
      async (session, text, isReady) => (isReady ? (await session.sendDigits(text), '') : null),
    );
    // As the record has it.
    if (keys !== null) this.#said(`pressed ${[...keys].join(' ')}`);
  }

  typing(): void {
    const now = performance.now();
    if (now - this.#typingToldAt < TYPING_EVERY_MS) return;
    const session = this.#run()?.liveSession;
    if (!session) return;
    this.#typingToldAt = now;
    session.tellTyping();
  }

  /** Answers the words; `null` when another call has begun meanwhile. */
  async #deliver(
    method: string,
    given: string,
    send: (session: MediaSession, text: string, isReady: boolean) => Promise<string | null>,
  ): Promise<string | null> {
    checkString(method, 'a text', given);
    const run = this.#run();
    const session = run?.liveSession;
    if (!session) throw CallError.notActive(method);
    const text = given.trim();
    if (!text) throw CallError.invalidOptions(`Give ${method}() a text that is not empty.`);
    if (text.length > LONGEST_TEXT) throw textNotSent('too_long');
    const before = this.#latest;
    const sent = before.then(() => {
      if (run !== this.#run()) throw textNotSent('call_over');
      return deliver((isReady) => send(session, text, isReady), this.#watch);
    });
    this.#latest = sent.catch(() => {});
    await sent;
    return run === this.#run() ? text : null;
  }
}
