/**
 * All of `<dialnexa-call>` but its button: the call, and the card that draws it. Loaded when a call is wanted; the element
 * asks it what to draw.
 */
import type { CSSResult, TemplateResult } from 'lit';
import { DialNexaWebCall, type CallError, type CallState, type Consent } from '../sdk/index.js';
import { CallController } from './call-controller.js';
import type { CallFactory } from './call-port.js';
import { DeveloperHints } from './developer-hints.js';
import type { DialNexaCallElement } from './dialnexa-call.js';
import { dispatchTo } from './events/dispatch-to.js';
import { DialNexaErrorEvent } from './events/error-event.js';
import { DialNexaStartEvent } from './events/start-event.js';
import { isObjectToCome } from './given-values.js';
import { languageOf } from './language.js';
import { callOptionsOrNull, readCallOptions } from './read-call-options.js';
import { cardStyles } from './styles/card-styles.js';
import { chooseTexts } from './texts/choose-texts.js';
import { announcement } from './views/announcement.js';
import { elementView } from './views/element-view.js';
import type { ViewActions, ViewModel, ViewName } from './views/view-model.js';

const realCall: CallFactory = (options) => new DialNexaWebCall(options);

/** The call of one element. */
export class CallCard {
  /** Styles of the card, on top of those of the button. */
  readonly styles: readonly CSSResult[] = cardStyles;
  readonly #element: DialNexaCallElement;
  readonly #call: CallController;
  readonly #hints: DeveloperHints;
  #consent: Consent | null = null;
  #asksConsent = false;
  #closed = true;
  #shownView: ViewName = 'idle';
  #takesFocus = false;
  #types = false;
  /** Text that was typed and not sent; kept when the call ends. */
  #draft = '';
  #followsLog = true;

  constructor(element: DialNexaCallElement) {
    this.#element = element;
    this.#hints = new DeveloperHints(element);
    this.#call = new CallController(element, {
      options: () => readCallOptions(element),
      factory: () => element.callFactory ?? realCall,
      ...dispatchTo(element, this.#hints),
    });
  }

  /** The state of the call. */
  get state(): CallState {
    return this.#call.state;
  }

  /** What screen readers announce. */
  get announcement(): string {
    return announcement(this.#model());
  }

  /** See `DialNexaCallElement.start`. `isPressed`: by a button, so that what follows takes the focus. */
  async start(isPressed = false): Promise<void> {
    this.#takesFocus ||= isPressed;
    if (this.#call.live) return;
    const { consentText } = this.#element;
    if (consentText && this.#consent?.text !== consentText) {
      this.#asksConsent = true;
      this.#element.requestUpdate();
      return;
    }
    await this.#begin(consentText ? this.#consent : null);
  }

  /** Ends the call, in every state. */
  async end(): Promise<void> {
    await this.#call.end();
  }

  /** Mutes or unmutes the microphone. */
  async setMuted(muted: boolean): Promise<void> {
    await this.#call.setMuted(muted);
  }

  /** Sends a typed text; resolves with whether it was sent. */
  sendText(text: string): Promise<boolean> {
    return this.#call.sendText(text);
  }

  /** Loads the media code, once. */
  warmUp(): void {
    this.#call.warmUp();
  }

  /** Before it is drawn: where the visitor is. */
  willDraw(): void {
    const root = this.#element.shadowRoot;
    // The page may have rebuilt the element while its visitor used it: only the present focus counts.
    const focused = root?.activeElement;
    this.#takesFocus ||= focused != null;
    this.#types = focused instanceof HTMLInputElement;
    const log = root?.querySelector('.transcript');
    this.#followsLog = !log || log.scrollHeight - log.scrollTop - log.clientHeight < 48;
  }

  /** The card; `null`: the button is to be drawn. */
  draw(): TemplateResult | null {
    const model = this.#model();
    return model.view === 'idle' ? null : elementView(model, model.view, this.#actions);
  }

  /** After it was drawn. */
  drawn(): void {
    const { view } = this.#model();
    const root = this.#element.shadowRoot;
    if (view !== this.#shownView && this.#takesFocus) {
      // Somebody who is typing must not press a button with the next key.
      const typed = this.#draft ? '[part=text-input]' : '.panel';
      const target = this.#types ? typed : '[data-primary]';
      const next = root?.querySelector<HTMLElement>(target);
      // The browser would put the button into the middle of the page, and the head of the card out of it.
      next?.focus({ preventScroll: true });
      root?.querySelector('.card')?.scrollIntoView({ block: 'nearest' });
      next?.scrollIntoView({ block: 'nearest' });
    }
    this.#takesFocus = false;
    this.#shownView = view;
    const log = root?.querySelector('.transcript');
    if (log && this.#followsLog) log.scrollTop = log.scrollHeight;
    this.#tellDeveloper();
  }

  #model(): ViewModel {
    const call = this.#call;
    const element = this.#element;
    return {
      view: this.#view(),
      state: call.state,
      durationMs: call.durationMs,
      texts: chooseTexts(languageOf(element) || 'en', element.texts),
      consentText: element.consentText,
      showTranscript: element.transcript !== 'hide',
      transcript: element.transcript === 'hide' ? [] : call.transcript,
      draft: this.#draft,
      muted: call.muted,
      audioBlocked: call.audioBlocked,
      problem: call.problem,
      notice: call.notice,
    };
  }

  #view(): ViewName {
    const { state, live } = this.#call;
    if (live) return 'call';
    if (this.#asksConsent) return 'consent';
    if (this.#fault()) return 'hint';
    if (this.#closed) return 'idle';
    return state.status === 'ended' || state.status === 'failed' ? state.status : 'idle';
  }

  /** Why no call can be made; `null` while a framework may still set objects, until somebody starts a call. */
  #fault(): CallError | null {
    const { variables, metadata } = this.#element;
    const isToCome = isObjectToCome(variables) || isObjectToCome(metadata);
    return this.#closed && isToCome ? null : this.#call.problem;
  }

  readonly #actions: ViewActions = {
    start: () => void this.start(true),
    agree: () => {
      this.#takesFocus = true;
      const { consentText, consentVersion } = this.#element;
      this.#consent = {
        text: consentText,
        ...(consentVersion ? { version: consentVersion } : {}),
        accepted_at: new Date().toISOString(),
      };
      void this.#begin(this.#consent);
    },
    close: () => {
      this.#takesFocus = true;
      this.#asksConsent = false;
      this.#closed = true;
      this.#element.requestUpdate();
    },
    end: () => void this.end(),
    toggleMute: () => void this.#call.setMuted(!this.#call.muted),
    resumeAudio: () => void this.#call.resumeAudio(),
    draft: (text) => {
      this.#draft = text;
      this.#element.requestUpdate();
    },
    typing: () => this.#call.typing(),
    sendText: (text) => this.sendText(text),
  };

  async #begin(consent: Consent | null): Promise<void> {
    this.#asksConsent = false;
    this.#element.requestUpdate();
    const options = callOptionsOrNull(this.#element);
    if (options) {
      const starts = new DialNexaStartEvent(consent ? { ...options, consent } : options);
      if (!this.#element.dispatchEvent(starts)) return;
    }
    this.#closed = false;
    await this.#call.start(consent);
  }

  /** After the page has had time to set the properties. */
  #tellDeveloper(): void {
    setTimeout(() => {
      const fault = this.#fault();
      if (fault && this.#element.isConnected && this.#hints.say(fault)) {
        this.#element.dispatchEvent(new DialNexaErrorEvent(fault));
      }
    });
  }
}
