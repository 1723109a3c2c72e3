/**
 * All of `<dialnexa-call>` but its button: the call, and the card that draws it. Loaded when a call is wanted; the element
 * asks it what to draw.
 */
import type { CSSResult, TemplateResult } from 'lit';
import {
  DialNexaWebCall,
  type CallError,
  type CallState,
  type StartOptions,
  type WebCallOptions,
} from '../sdk/index.js';
import { BeforeCall } from './before-call.js';
import { CallController } from './call-controller.js';
import type { CallFactory } from './call-port.js';
import { CardFocus } from './card-focus.js';
import { CardFrame } from './card-frame.js';
import { DeviceMenu } from './device-menu.js';
import { DetailsCopy } from './details-copy.js';
import type { DialNexaCallElement } from './dialnexa-call.js';
import { dispatchTo } from './events/dispatch-to.js';
import { DialNexaErrorEvent } from './events/error-event.js';
import { DialNexaStartEvent } from './events/start-event.js';
import { isObjectToCome } from './given-values.js';
import { isFramed } from './is-framed.js';
import { languageMenu } from './language-menu.js';
import { languageOf } from './language.js';
import { whenMicrophoneAllowed } from './microphone-permission.js';
import { OwnerConsole } from './owner-console.js';
import { PublishedSettings } from './published-settings.js';
import { callOptionsOrNull, readCallOptions } from './read-call-options.js';
import { RetryWait } from './retry-wait.js';
import { cardStyles } from './styles/card-styles.js';
import { chooseTexts } from './texts/choose-texts.js';
import { english } from './texts/en.js';
import type { Language } from './texts/languages.js';
import type { Mark } from './texts/texts.js';
import { announcement } from './views/announcement.js';
import { elementView } from './views/element-view.js';
import type { Rating, ViewActions, ViewModel, ViewName } from './views/view-model.js';

const realCall: CallFactory = (options) => new DialNexaWebCall(options);

/** The call of one element. */
export class CallCard {
  /** Styles of the card, on top of those of the button. */
  readonly styles: readonly CSSResult[] = cardStyles;
  readonly #element: DialNexaCallElement;
  readonly #call: CallController;
  readonly #owner: OwnerConsole;
  readonly #published: PublishedSettings;
  readonly #before: BeforeCall;
  readonly #devices: DeviceMenu;
  readonly #copy: DetailsCopy;
  readonly #wait: RetryWait;
  #mark: Mark | null = null;
  /** The call that was rated. */
  #rated: string | null = null;
  /** Gives up waiting for the microphone to be allowed; `null`: nothing is waited for. */
  #stopWaiting: (() => void) | null = null;
  #closed = true;
  readonly #frame: CardFrame;
  readonly #focus: CardFocus;
  /** Text that was typed and not sent; kept when the call ends. */
  #draft = '';
  /** Kept while those of another language are on the way. */
  #texts = english;
  readonly #languageOf: (tag: string) => Language | undefined;

  /** `languageOf`: the languages of the element, which are none of this code's own. */
  constructor(element: DialNexaCallElement, languageOf: (tag: string) => Language | undefined) {
    this.#element = element;
    this.#languageOf = languageOf;
    this.#owner = new OwnerConsole(element);
    this.#published = new PublishedSettings(
      element,
      () => callOptionsOrNull(element),
      (why) => this.#owner.unread(why),
    );
    this.#before = new BeforeCall(element, (name) => this.#published.languageOf(name));
    this.#frame = new CardFrame(element);
    this.#focus = new CardFocus(element);
    this.#call = new CallController(element, {
      options: () => readCallOptions(element),
      factory: () => element.callFactory ?? realCall,
      tools: () => element.tools,
      devicesChanged: (devices) => this.#devices.take(devices),
      ...dispatchTo(element, this.#owner),
    });
    const update = (): void => element.requestUpdate();
    this.#devices = new DeviceMenu(this.#call, update);
    this.#copy = new DetailsCopy(this.#call, update);
    this.#wait = new RetryWait(update);
    element.addController({
      hostConnected: () => globalThis.addEventListener('pageshow', this.#shown),
      hostDisconnected: () => {
        globalThis.removeEventListener('pageshow', this.#shown);
        this.#waitForMicrophone(false);
        this.#wait.drawn(false);
      },
    });
  }

  /** The state of the call. */
  get state(): CallState {
    return this.#call.state;
  }

  /** Whether a start has nothing to wait for: `ready()` resolves once it has not. */
  isReady(): boolean {
    return this.#call.live || this.#published.isKnown();
  }

  /** Waits for what the published version wants to be asked; two seconds at most. */
  async ready(): Promise<this> {
    await this.#published.known();
    return this;
  }

  /** See `DialNexaCallElement.start`. `isPressed`: by a button, so that what follows takes the focus. */
  async start(isPressed = false): Promise<void> {
    if (isPressed) this.#focus.take();
    if (this.#call.live) return;
    this.#published.apply();
    this.#published.applySoon();
    // Who tries again after a failure has answered already; who calls again may be somebody else.
    if (this.#call.state.status !== 'failed') this.#before.forget();
    if (this.#element.mode !== 'headless' && this.#before.ask()) this.#element.requestUpdate();
    else await this.#begin();
  }

  /** Takes up the call that the page before has left. */
  async resume(): Promise<void> {
    this.#closed = false;
    // It does not wait for how it looks.
    const apply = (): void => void (this.#call.live && this.#published.apply());
    void this.#published.known().then(apply);
    await this.#call.resume();
    apply();
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
    return this.#call.ask((call) => call.sendText(text));
  }

  /** Lets the agent know something; resolves with whether it was told. */
  sendContext(text: string): Promise<boolean> {
    return this.#call.ask((call) => call.sendContext(text));
  }

  /** Presses keys; resolves with whether they were sent. */
  sendDigits(digits: string): Promise<boolean> {
    return this.#call.ask((call) => call.sendDigits(digits));
  }

  /** Offers the agent what the page offers now. */
  offer(): void {
    this.#call.offer();
  }

  /** Loads the media code, and reads what the published version says; each once. */
  warmUp(): void {
    this.#call.warmUp();
    this.#published.ask();
  }

  /** Before it is drawn. */
  willDraw(): void {
    this.#published.willDraw();
    this.#focus.willDraw();
  }

  /** The card, or the `button` alone, and what screen readers announce. */
  draw(button: TemplateResult): { drawing: TemplateResult; announced: string } {
    const model = this.#model();
    const { view, rating } = model;
    const isOver = this.#element.mode === 'button' && view === 'ended' && !rating;
    const isButton = view === 'idle' || isOver;
    return {
      drawing: isButton ? button : elementView(model, view, this.#actions, button),
      announced: announcement(model),
    };
  }

  /** After it was drawn. */
  drawn(): void {
    const view = this.#view();
    const root = this.#element.shadowRoot;
    this.#published.paint(root?.querySelector<HTMLElement>('.root'));
    if (this.#frame.show(root?.querySelector('dialog'))) this.#focus.take();
    this.#focus.drawn(view, this.#frame.of(view), this.#draft !== '');
    if (view !== 'call') this.#frame.isOver();
    this.#wait.drawn(view === 'failed');
    this.#waitForMicrophone(view === 'failed' && isRefused(this.#call.state));
    this.#tellDeveloper();
  }

  #model(): ViewModel {
    const call = this.#call;
    const element = this.#element;
    const language = this.#languageOf(languageOf(element));
    const view = this.#view();
    const isMinimised = this.#frame.isMinimised(view);
    const isShort = element.size === 'compact' || element.mode === 'button';
    const hidesTranscript = element.transcript === 'hide' || isShort;
    this.#texts = language?.load ? (language.texts ?? this.#texts) : (language?.texts ?? english);
    return {
      view,
      frame: this.#frame.of(view),
      isMinimised,
      isCompact: isMinimised || element.size === 'compact',
      languages: languageMenu(
        element.languages,
        (tag) => language !== undefined && this.#languageOf(tag) === language,
      ),
      state: call.state,
      durationMs: call.durationMs,
      texts: chooseTexts(chooseTexts(this.#texts, this.#published.texts), element.texts),
      questions: this.#before.questions,
      devices: this.#devices.choice,
      rating: this.#rating,
      details: this.#copy.details,
      showTranscript: !hidesTranscript,
      transcript: hidesTranscript ? [] : call.transcript,
      draft: this.#draft,
      mayType: !isShort && element.mode !== 'headless',
      waitMs: this.#wait.left(call.state),
      muted: call.muted,
      audioBlocked: call.audioBlocked,
      isSilent: call.isSilent,
      isFramed: isFramed(element),
      problem: call.problem,
      notice: call.notice,
    };
  }

  #view(): ViewName {
    const { state, live } = this.#call;
    if (live) return 'call';
    if (this.#fault()) return 'hint';
    if (this.#before.isOpen) return 'before';
    if (this.#closed) return 'idle';
    return state.status === 'ended' || state.status === 'failed' ? state.status : 'idle';
  }

  /** Why no call can be made; `null` while a framework may still set objects, until somebody starts a call. */
  #fault(): CallError | null {
    const { variables, metadata, fields } = this.#element;
    const isToCome = [variables, metadata, fields].some(isObjectToCome);
    return this.#closed && isToCome ? null : this.#call.problem;
  }

  readonly #actions: ViewActions = {
    start: () => void this.start(true),
    startTyping: () => {
      this.#focus.take();
      void this.#begin({ microphone: false });
    },
    answer: (form) => {
      if (this.#before.answer(form)) {
        this.#focus.take();
        void this.#begin();
        return;
      }
      this.#element.requestUpdate();
      void this.#focus.moveTo('[aria-invalid]');
    },
    mend: (name) => {
      this.#before.mend(name);
      this.#element.requestUpdate();
    },
    close: () => {
      this.#focus.take();
      this.#before.forget();
      this.#closed = true;
      this.#element.requestUpdate();
    },
    dismiss: () => {
      if (this.#call.live) this.#frame.minimise(true);
      else this.#actions.close();
    },
    expand: () => this.#frame.minimise(false),
    speak: (tag) => this.#before.speak(tag),
    end: () => void this.end(),
    toggleMute: () => void this.#call.setMuted(!this.#call.muted),
    resumeAudio: () => void this.#call.resumeAudio(),
    draft: (text) => {
      this.#draft = text;
      this.#element.requestUpdate();
    },
    typing: () => this.#call.typing(),
    sendText: (text) => this.sendText(text),
    toggleDevices: () => {
      void this.#devices.toggle().then(() => this.#focus.showWhole());
      const next = this.#devices.choice.isOpen ? '.devices select' : '.devices-button';
      void this.#focus.moveTo(next);
    },
    setMicrophone: (deviceId) => this.#devices.setMicrophone(deviceId),
    setSpeaker: (deviceId) => this.#devices.setSpeaker(deviceId),
    setVolume: (volume) => this.#devices.setVolume(volume),
    choose: (mark) => {
      this.#mark = mark;
      this.#element.requestUpdate();
    },
    rate: (comment) => void this.#rate(comment),
    copyDetails: () => void this.#copyDetails(),
  };

  /** Only a call that came about, and ended as calls do. */
  get #rating(): Rating | null {
    const { state } = this.#call;
    const kind = this.#element.rating;
    if (kind === 'none' || state.status !== 'ended' || state.durationMs === 0) return null;
    return { kind, mark: this.#mark, isSent: this.#rated !== null && this.#rated === state.callId };
  }

  async #rate(comment: string): Promise<void> {
    const { state } = this.#call;
    const mark = this.#mark;
    if (mark === null || state.status !== 'ended') return;
    const isTaken = await this.#call.ask((call) => call.rate(mark, comment || undefined));
    if (!isTaken) return;
    this.#rated = state.callId;
    this.#element.requestUpdate();
    void this.#focus.moveTo('.thanks');
  }

  async #copyDetails(): Promise<void> {
    await this.#copy.copy();
    const shown = await this.#focus.moveTo('[part=details]');
    (shown as HTMLTextAreaElement | null)?.select();
  }

  /** A blocked microphone may be allowed in the settings of the browser, where no button of the card is pressed. */
  #waitForMicrophone(isBlocked: boolean): void {
    if (!isBlocked) {
      this.#stopWaiting?.();
      this.#stopWaiting = null;
    } else {
      this.#stopWaiting ??= whenMicrophoneAllowed(() => void this.start());
    }
  }

  readonly #complete = (options: WebCallOptions): WebCallOptions =>
    this.#before.complete(this.#devices.complete(options));

  async #begin(how?: StartOptions): Promise<void> {
    this.#mark = null;
    this.#devices.close();
    this.#element.requestUpdate();
    const options = callOptionsOrNull(this.#element);
    if (options) {
      const starts = new DialNexaStartEvent(this.#complete(options));
      if (!this.#element.dispatchEvent(starts)) return;
    }
    this.#closed = false;
    await this.#call.start(this.#complete, how);
  }

  /** A page that the browser has kept is shown again, and may be the next one of a call. */
  readonly #shown = ({ persisted }: PageTransitionEvent): void => {
    if (persisted && this.#element.resume) void this.resume();
  };

  /** After the page has had time to set the properties. */
  #tellDeveloper(): void {
    setTimeout(() => {
      const fault = this.#fault();
      if (fault && this.#element.isConnected && this.#owner.say(fault)) {
        this.#element.dispatchEvent(new DialNexaErrorEvent(fault));
      }
    });
  }
}

function isRefused(state: CallState): boolean {
  const codes: readonly string[] = ['microphone_denied', 'microphone_dismissed'];
  return state.status === 'failed' && codes.includes(state.error.code);
}
