/** Copies the facts of a call that has failed, for whoever looks for the fault: no secret and no word is in them. */
import type { CallState } from '../sdk/index.js';
import type { CallController } from './call-controller.js';
import type { Details } from './views/view-model.js';

const NOTHING: Details = { isCopied: false, text: '' };

/** Of one element; what was copied of an earlier call is forgotten. */
export class DetailsCopy {
  readonly #call: CallController;
  readonly #update: () => void;
  #of: CallState | null = null;
  #details = NOTHING;

  constructor(call: CallController, update: () => void) {
    this.#call = call;
    this.#update = update;
  }

  /** What is drawn. */
  get details(): Details {
    return this.#of === this.#call.state ? this.#details : NOTHING;
  }

  /** To be called from a click. Where the page may not write to the clipboard, the visitor is shown what to copy. */
  async copy(): Promise<void> {
    this.#of = this.#call.state;
    const facts = this.#call.facts();
    const isCopied = await write(facts).then(
      () => true,
      () => false,
    );
    this.#details = { isCopied, text: isCopied ? '' : await facts };
    this.#update();
  }
}

/** Safari lets a click write only what it is given in that very click, if need be as a promise. */
async function write(facts: Promise<string>): Promise<void> {
  const { clipboard } = navigator;
  if (!('ClipboardItem' in globalThis)) return clipboard.writeText(await facts);
  const text = facts.then((words) => new Blob([words], { type: 'text/plain' }));
  await clipboard.write([new ClipboardItem({ 'text/plain': text })]);
}
