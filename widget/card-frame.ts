/** How the card stands on the page: where the element is, small, or above everything as a modal dialog. */
import type { ReactiveController } from 'lit';
import type { DialNexaCallElement } from './dialnexa-call.js';
import type { ViewName } from './views/view-model.js';

/** `toggle`: no card, only a button. */
export type Frame = 'card' | 'modal' | 'toggle';

/** Below this width a sheet fills the screen; the styles have the same. */
const PHONE = '(max-width: 480px)';

/** Follows the properties `mode` and `size`, the width of the screen, and the visitor, who may make a dialog small. */
export class CardFrame implements ReactiveController {
  readonly #element: DialNexaCallElement;
  #phone: MediaQueryList | undefined;
  #isMinimised = false;

  constructor(element: DialNexaCallElement) {
    this.#element = element;
    element.addController(this);
  }

  hostConnected(): void {
    this.#phone = this.#element.ownerDocument.defaultView?.matchMedia(PHONE);
    this.#phone?.addEventListener('change', this.#changed);
  }

  hostDisconnected(): void {
    this.#phone?.removeEventListener('change', this.#changed);
  }

  /** The frame of a view. */
  of(view: ViewName): Frame {
    const { mode } = this.#element;
    if (mode === 'button' && view === 'call') return 'toggle';
    return this.#opensModal && !this.isMinimised(view) ? 'modal' : 'card';
  }

  /** Whether the visitor has put the dialog of a call away; the call goes on. */
  isMinimised(view: ViewName): boolean {
    return this.#isMinimised && view === 'call' && this.#opensModal;
  }

  /** Puts the dialog away, or opens it again. */
  minimise(isMinimised: boolean): void {
    this.#isMinimised = isMinimised;
    this.#changed();
  }

  /** There is no call: the next one opens its dialog. */
  isOver(): void {
    this.#isMinimised = false;
  }

  /** Shows the dialog that was drawn; one that was moved in the page is no longer modal. Returns whether it came now. */
  show(dialog: HTMLDialogElement | null | undefined): boolean {
    if (!dialog?.isConnected || dialog.matches(':modal')) return false;
    dialog.open = false;
    dialog.showModal();
    return true;
  }

  get #opensModal(): boolean {
    const { mode, size } = this.#element;
    return mode === 'dialog' || (size === 'sheet' && this.#phone?.matches === true);
  }

  readonly #changed = (): void => this.#element.requestUpdate();
}
