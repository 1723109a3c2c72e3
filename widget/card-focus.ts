/** Where the focus goes as the card changes, and what of the card is in sight. */
import type { Frame } from './card-frame.js';
import type { DialNexaCallElement } from './dialnexa-call.js';
import type { ViewName } from './views/view-model.js';

/** Of one element. The focus moves only where it was inside, or where a press inside opens something. */
export class CardFocus {
  readonly #element: DialNexaCallElement;
  #isTaken = false;
  #isInside = false;
  #types = false;
  /** Where the focus of somebody who was typing is, once the text box is gone. */
  #parked: Element | null = null;
  #followsLog = true;
  #shown: { view: ViewName; frame: Frame } = { view: 'idle', frame: 'card' };

  constructor(element: DialNexaCallElement) {
    this.#element = element;
  }

  /** What is drawn next takes the focus. */
  take(): void {
    this.#isTaken = true;
  }

  /** Before the card is drawn: where the visitor is. */
  willDraw(): void {
    const root = this.#element.shadowRoot;
    // The page may have rebuilt the element while its visitor used it: only the present focus counts.
    const focused = root?.activeElement;
    this.#isInside = focused != null;
    this.#isTaken ||= this.#isInside;
    const isParked = this.#isInside && focused === this.#parked;
    this.#types =
      isParked || (focused instanceof HTMLInputElement && this.#shown.view !== 'before');
    const log = root?.querySelector('.transcript');
    this.#followsLog = !log || log.scrollHeight - log.scrollTop - log.clientHeight < 48;
  }

  /** After it was drawn. `hasDraft`: a text was typed and not sent. */
  drawn(view: ViewName, frame: Frame, hasDraft: boolean): void {
    const root = this.#element.shadowRoot;
    const isNew = view !== this.#shown.view || frame !== this.#shown.frame;
    // What had the focus may be gone from a view that stays: the keyboard would be at the top of the page.
    const isLost = this.#isInside && !root?.activeElement;
    if (isLost || (isNew && this.#isTaken)) {
      // Somebody who is typing must not press a button with the next key.
      const typed = hasDraft ? '[part=text-input]' : '.panel';
      const inside = root?.querySelector('dialog') ?? root;
      const primary = inside?.querySelector('[data-primary]');
      const target = (this.#types && inside?.querySelector(typed)) || primary;
      this.#move(target);
      this.#parked = this.#types && view === 'call' ? (target ?? null) : null;
    }
    this.#isTaken = false;
    this.#shown = { view, frame };
    const log = root?.querySelector('.transcript');
    if (log && this.#followsLog) log.scrollTop = log.scrollHeight;
  }

  /** Moves the focus once what is known is drawn; resolves with what has it then. */
  async moveTo(target: string): Promise<Element | null> {
    await this.#element.updateComplete;
    const found = this.#element.shadowRoot?.querySelector(target) ?? null;
    this.#move(found);
    return found;
  }

  /** Brings the card into sight once it is drawn. */
  async showWhole(): Promise<void> {
    await this.#element.updateComplete;
    this.#show();
  }

  #move(target: Element | null | undefined): void {
    (target as HTMLElement | null | undefined)?.focus({ preventScroll: true });
    this.#show();
  }

  /** By itself a browser puts what has the focus into the middle of the page, and the head of the card out of it. */
  #show(): void {
    const root = this.#element.shadowRoot;
    const focused = root?.activeElement;
    // A control says nothing without its label.
    for (const one of [root?.querySelector('.card'), focused?.closest('.field') ?? focused]) {
      one?.scrollIntoView({ block: 'nearest' });
    }
  }
}
