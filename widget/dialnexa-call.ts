/** `<dialnexa-call>`: draws a call of the SDK. Only `./define.js` registers it. */
import { html, LitElement, type PropertyValues, type TemplateResult } from 'lit';
import type { CallError, CallState, Consent, WebCallOptions } from '../sdk/index.js';
import { CallController } from './call-controller.js';
import { callOptionsOrNull, readCallOptions } from './read-call-options.js';
import type { CallFactory } from './call-port.js';
import { DeveloperHints } from './developer-hints.js';
import { forgive } from './forgive.js';
import { isObjectToCome, realCall } from './given-values.js';
import { joinedAttributes } from './joined-attributes.js';
import { languageOf } from './language.js';
import { dispatchTo } from './events/dispatch-to.js';
import { DialNexaErrorEvent } from './events/error-event.js';
import { DialNexaStartEvent } from './events/start-event.js';
import type { Placement, Theme } from './placement.js';
import { dress } from './styles/dress.js';
import { styles } from './styles/styles.js';
import { chooseTexts } from './texts/choose-texts.js';
import type { TextOverrides } from './texts/texts.js';
import { announcement } from './views/announcement.js';
import { elementView } from './views/element-view.js';
import type { ViewActions, ViewModel, ViewName } from './views/view-model.js';

const INTENT = ['pointerenter', 'focusin', 'touchstart'] as const;

/**
 * A button with which visitors of a page talk to a voice agent.
 *
 * @summary A call button, and the call that it starts.
 *
 * @slot label - The text of the call button, instead of the attribute `label`.
 * @slot icon - The icon on the call button.
 * @slot header - Above everything in the card of a call.
 * @slot footer - Below everything in the card of a call.
 *
 * @event {DialNexaStartEvent} dialnexa-start - A call is about to start; `preventDefault()` prevents it.
 * @event {DialNexaStateChangeEvent} dialnexa-statechange - The state of the call has changed.
 * @event {DialNexaTranscriptEvent} dialnexa-transcript - A segment of the transcript is new or has changed.
 * @event {DialNexaAgentStateEvent} dialnexa-agentstate - The agent began to listen, think or speak, or left.
 * @event {DialNexaAudioLevelEvent} dialnexa-audiolevel - Loudness of both sides, 0 to 1, about ten times a second.
 * @event {DialNexaErrorEvent} dialnexa-error - Something failed, or the element is set up wrongly.
 * @event {DialNexaEndedEvent} dialnexa-ended - The call is over; exactly once for every start.
 *
 * @csspart card - The card, around everything but the call button.
 * @csspart call-button - The button that starts a call.
 * @csspart hint - The hint for the developer of the page: what is not set up.
 * @csspart consent - The question of consent before a call.
 * @csspart agree - The button that agrees and starts the call.
 * @csspart decline - The button that goes back to the call button.
 * @csspart stage - The line with the agent's state and the timer.
 * @csspart orb - The animated picture of the agent; it moves with its voice.
 * @csspart agent-state - The text that says what the agent is doing.
 * @csspart timer - The duration of the call.
 * @csspart banner - A line that needs attention: blocked sound, or an error.
 * @csspart sound-banner - The banner that offers to turn on the sound.
 * @csspart notice - The banner for an error that did not end the call.
 * @csspart enable-sound - The button in the sound banner.
 * @csspart transcript - The transcript.
 * @csspart turn - A turn of the transcript.
 * @csspart turn-user - A turn of the visitor.
 * @csspart turn-agent - A turn of the agent.
 * @csspart turn-interim - A turn whose text still changes.
 * @csspart text-box - The form for typing to the agent.
 * @csspart text-input - The input of the text box.
 * @csspart send - The button of the text box.
 * @csspart controls - The row with mute and hang up.
 * @csspart mute - The button that mutes the microphone.
 * @csspart meter - The meter of the visitor's loudness.
 * @csspart hang-up - The button that ends the call or cancels its start.
 * @csspart ended - The view of a call that has ended, and why.
 * @csspart error - The view of a call that has failed: why, and what to do.
 * @csspart call-again - The button that starts the next call.
 * @csspart retry - The button that starts again after an error.
 * @csspart close - The button that goes back to the call button.
 *
 * @cssproperty [--dialnexa-accent=#0f766e] - Accent colour: call button, focus, the visitor's turns.
 * @cssproperty [--dialnexa-accent-text=#ffffff] - Text on the accent.
 * @cssproperty [--dialnexa-danger=#c2263b] - Colour of the hang-up button and of errors.
 * @cssproperty [--dialnexa-danger-text=#ffffff] - Text on that colour.
 * @cssproperty [--dialnexa-warning=#fdf3d8] - Background of banners and hints.
 * @cssproperty [--dialnexa-warning-text=#593c04] - Text on that background.
 * @cssproperty [--dialnexa-background=#ffffff] - Background of the card.
 * @cssproperty [--dialnexa-surface=#f1f5f4] - Background of the transcript and of secondary buttons.
 * @cssproperty [--dialnexa-text=#10211f] - Colour of text.
 * @cssproperty [--dialnexa-text-soft=#4b5f5c] - Colour of secondary text.
 * @cssproperty [--dialnexa-border=#d5dfdd] - Colour of borders.
 * @cssproperty [--dialnexa-focus=var(--dialnexa-accent)] - Colour of the focus ring.
 * @cssproperty [--dialnexa-turn-user=var(--dialnexa-accent)] - Background of the visitor's turns.
 * @cssproperty [--dialnexa-turn-user-text=var(--dialnexa-accent-text)] - Text on that background.
 * @cssproperty [--dialnexa-turn-agent=#ffffff] - Background of the agent's turns.
 * @cssproperty [--dialnexa-turn-agent-text=var(--dialnexa-text)] - Text on that background.
 * @cssproperty [--dialnexa-orb-from=#5eead4] - Light colour of the orb.
 * @cssproperty [--dialnexa-orb-to=#0f766e] - Dark colour of the orb.
 * @cssproperty [--dialnexa-radius=20px] - Corner radius of the card.
 * @cssproperty [--dialnexa-button-radius=999px] - Corner radius of buttons.
 * @cssproperty [--dialnexa-shadow] - Shadow of the card.
 * @cssproperty [--dialnexa-font=system-ui, sans-serif] - Typeface.
 * @cssproperty [--dialnexa-font-size=16px] - Font size; everything scales with it.
 * @cssproperty [--dialnexa-width=360px] - Width of the card, at most that of its container.
 * @cssproperty [--dialnexa-transcript-height=200px] - Height of the transcript.
 * @cssproperty [--dialnexa-offset-x=20px] - Distance of a floating element from the side.
 * @cssproperty [--dialnexa-offset-y=20px] - Distance of a floating element from top or bottom.
 * @cssproperty [--dialnexa-z-index=2147483000] - Stack level of a floating element.
 */
export class DialNexaCallElement extends LitElement {
  static override readonly styles = styles;

  static override readonly properties = {
    apiKey: { attribute: 'api-key' },
    agentId: { attribute: 'agent-id' },
    agentVersionId: { attribute: 'agent-version-id' },
    agentVersionNumber: { attribute: 'agent-version-number' },
    serverUrl: { attribute: 'server-url' },
    label: {},
    variables: {},
    metadata: {},
    consentText: { attribute: 'consent-text' },
    consentVersion: { attribute: 'consent-version' },
    placement: {},
    theme: {},
    lang: {},
    transcript: {},
    texts: { attribute: false },
    callFactory: { attribute: false },
  };

  static readonly #joined = joinedAttributes(DialNexaCallElement.properties);

  static override get observedAttributes(): string[] {
    return [...super.observedAttributes, ...Object.keys(DialNexaCallElement.#joined)];
  }

  /** A publishable key, `dnx_pk_…`. Required. */
  declare apiKey: string;
  /** The agent to call, `agent_…`: its latest published version, unless `agentVersionNumber` is set. */
  declare agentId: string;
  /** A published version, `av_…`, instead of `agentId`. */
  declare agentVersionId: string;
  /** The number of a published version of `agentId`. Default: the latest. */
  declare agentVersionNumber: number | null;
  /** Address of the server, `https://…`. Default: where the script came from. */
  declare serverUrl: string;
  /** The text of the call button. Default: that of the language. */
  declare label: string;
  /** Values for `{{name}}` in the prompt, as an object or its JSON. At most 50, 2,000 characters a value. */
  declare variables: WebCallOptions['variables'] | null;
  /** Stored on the call record; the agent never sees it. An object or its JSON, at most 16 KiB. */
  declare metadata: WebCallOptions['metadata'] | null;
  /** What visitors must agree to before a call; stored on the call record with the time. Default: nothing is asked. */
  declare consentText: string;
  /** The version of the consent text. */
  declare consentVersion: string;
  /** `inline` (default), or floating in a corner: `bottom-right`, `bottom-left`, `top-right`, `top-left`. */
  declare placement: Placement;
  /** Colours: `light`, `dark`, or `auto` (default) as the system is set. */
  declare theme: Theme;
  /** Language of the texts, BCP 47. Default: that of the page around the element. The agent is told it too. */
  declare lang: string;
  /** Whether the transcript is shown: `show` (default) or `hide`. */
  declare transcript: 'show' | 'hide';
  /** Texts that replace those of the language. */
  declare texts: TextOverrides;
  /** For tests and demos: creates the call object, in place of a real call. */
  declare callFactory: CallFactory;

  readonly #call: CallController;
  #consent: Consent | null = null;
  #asksConsent = false;
  #closed = true;
  #shownView: ViewName = 'idle';
  #takesFocus = false;
  #types = false;
  /** Text that was typed and not sent; kept when the call ends. */
  #draft = '';
  #followsLog = true;
  readonly #hints = new DeveloperHints(this);

  static {
    forgive(DialNexaCallElement.prototype);
  }

  constructor() {
    super();
    this.apiKey = '';
    this.agentId = '';
    this.agentVersionId = '';
    this.agentVersionNumber = null;
    this.serverUrl = '';
    this.label = '';
    this.variables = null;
    this.metadata = null;
    this.consentText = '';
    this.consentVersion = '';
    this.placement = 'inline';
    this.theme = 'auto';
    this.lang = '';
    this.transcript = 'show';
    this.texts = {};
    this.callFactory = realCall;
    this.#call = new CallController(this, {
      options: () => readCallOptions(this),
      factory: () => this.callFactory,
      ...dispatchTo(this, this.#hints),
    });
  }

  /** The state of the call: see `CallState` of the SDK. */
  get state(): CallState {
    return this.#call.state;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    for (const name of INTENT) this.addEventListener(name, this.#warmUp, { passive: true });
  }

  override attributeChangedCallback(name: string, old: string | null, value: string | null): void {
    super.attributeChangedCallback(DialNexaCallElement.#joined[name] ?? name, old, value);
  }

  /** The element was moved into another document, of a frame or window. */
  adoptedCallback(): void {
    this.#dress();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const name of INTENT) this.removeEventListener(name, this.#warmUp);
  }

  /**
   * Starts a call, or asks for consent first. Resolves when media is up or the start has failed. Never rejects: listen
   * to `dialnexa-error`.
   */
  async start(): Promise<void> {
    if (this.#call.live) return;
    if (this.consentText && this.#consent?.text !== this.consentText) {
      this.#asksConsent = true;
      this.requestUpdate();
      return;
    }
    await this.#begin(this.consentText ? this.#consent : null);
  }

  /** Ends the call. Allowed in every state, any number of times. */
  async end(): Promise<void> {
    await this.#call.end();
  }

  /** Stops sending the visitor's voice. */
  async mute(): Promise<void> {
    await this.#call.setMuted(true);
  }

  /** Sends the visitor's voice again. */
  async unmute(): Promise<void> {
    await this.#call.setMuted(false);
  }

  /** Sends a typed text to the agent; resolves with whether it was sent. */
  sendText(text: string): Promise<boolean> {
    return this.#call.sendText(text);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (changed.has('placement')) this.#dress();
    // The page may have rebuilt the element while its visitor used it: only the present focus counts.
    const focused = this.shadowRoot?.activeElement;
    this.#takesFocus ||= focused != null;
    this.#types = focused instanceof HTMLInputElement;
    const log = this.shadowRoot?.querySelector('.transcript');
    this.#followsLog = !log || log.scrollHeight - log.scrollTop - log.clientHeight < 48;
  }

  protected override render(): TemplateResult {
    const model = this.#model();
    const place = this.placement === 'inline' ? '' : 'floating';
    return html`<div class="root ${this.theme} ${place}">
      ${elementView(model, this.#actions)}
      <div class="sr" role="status">${announcement(model)}</div>
    </div>`;
  }

  protected override updated(): void {
    const { view } = this.#model();
    if (view !== this.#shownView && this.#takesFocus) {
      // Somebody who is typing must not press a button with the next key.
      const typed = this.#draft ? '[part=text-input]' : '.panel';
      const target = this.#types ? typed : '[data-primary]';
      this.shadowRoot?.querySelector<HTMLElement>(target)?.focus();
    }
    this.#takesFocus = false;
    this.#shownView = view;
    const log = this.shadowRoot?.querySelector('.transcript');
    if (log && this.#followsLog) log.scrollTop = log.scrollHeight;
    this.#tellDeveloper();
  }

  #dress(): void {
    if (this.shadowRoot) dress(this.shadowRoot, this.placement);
  }

  #model(): ViewModel {
    const call = this.#call;
    return {
      view: this.#view(),
      state: call.state,
      durationMs: call.durationMs,
      texts: chooseTexts(languageOf(this) || 'en', this.texts),
      label: this.label,
      placement: this.placement,
      consentText: this.consentText,
      showTranscript: this.transcript !== 'hide',
      transcript: this.transcript === 'hide' ? [] : call.transcript,
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
    const isToCome = isObjectToCome(this.variables) || isObjectToCome(this.metadata);
    return this.#closed && isToCome ? null : this.#call.problem;
  }

  readonly #actions: ViewActions = {
    start: () => {
      this.#takesFocus = true;
      void this.start();
    },
    agree: () => {
      this.#takesFocus = true;
      this.#consent = {
        text: this.consentText,
        ...(this.consentVersion ? { version: this.consentVersion } : {}),
        accepted_at: new Date().toISOString(),
      };
      void this.#begin(this.#consent);
    },
    close: () => {
      this.#takesFocus = true;
      this.#asksConsent = false;
      this.#closed = true;
      this.requestUpdate();
    },
    end: () => void this.end(),
    toggleMute: () => void this.#call.setMuted(!this.#call.muted),
    resumeAudio: () => void this.#call.resumeAudio(),
    draft: (text) => {
      this.#draft = text;
      this.requestUpdate();
    },
    typing: () => this.#call.typing(),
    sendText: (text) => this.sendText(text),
  };

  readonly #warmUp = (): void => this.#call.warmUp();

  async #begin(consent: Consent | null): Promise<void> {
    this.#asksConsent = false;
    this.requestUpdate();
    const options = callOptionsOrNull(this);
    if (options) {
      const starts = new DialNexaStartEvent(consent ? { ...options, consent } : options);
      if (!this.dispatchEvent(starts)) return;
    }
    this.#closed = false;
    await this.#call.start(consent);
  }

  /** After the page has had time to set the properties. */
  #tellDeveloper(): void {
    setTimeout(() => {
      const fault = this.#fault();
      if (fault && this.isConnected && this.#hints.say(fault)) {
        this.dispatchEvent(new DialNexaErrorEvent(fault));
      }
    });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'dialnexa-call': DialNexaCallElement;
  }
}
