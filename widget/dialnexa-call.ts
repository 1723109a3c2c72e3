/** `<dialnexa-call>`: draws a call of the SDK and decides nothing. Registered by `./define.js` alone. */
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
 * @slot label - The words on the call button, instead of the attribute `label`.
 * @slot icon - The icon on the call button.
 * @slot header - Above everything in the card of a call.
 * @slot footer - Below everything in the card of a call.
 *
 * @event {DialNexaStartEvent} dialnexa-start - A call is about to start; `preventDefault()` keeps it from starting.
 * @event {DialNexaStateChangeEvent} dialnexa-statechange - The state of the call changed.
 * @event {DialNexaTranscriptEvent} dialnexa-transcript - A piece of the conversation is new or has changed.
 * @event {DialNexaAgentStateEvent} dialnexa-agentstate - The agent began to listen, to think or to speak.
 * @event {DialNexaAudioLevelEvent} dialnexa-audiolevel - How loud both sides are, about ten times a second.
 * @event {DialNexaErrorEvent} dialnexa-error - Something broke, or the element is set up wrongly.
 * @event {DialNexaEndedEvent} dialnexa-ended - The call is over: once for every start.
 *
 * @csspart card - Around everything but the call button.
 * @csspart call-button - The button that starts a call.
 * @csspart hint - For the developer: what is not set up.
 * @csspart consent - The question before the call.
 * @csspart agree - Agrees and calls.
 * @csspart decline - Leaves the question.
 * @csspart stage - The line with the agent's state and the timer.
 * @csspart orb - The picture of the agent; it moves with the voice.
 * @csspart agent-state - The words for what the agent is doing.
 * @csspart timer - How long the call lasts.
 * @csspart banner - A line that needs attention: blocked sound, something broken.
 * @csspart sound-banner - The banner that offers to turn on the sound.
 * @csspart notice - The banner that tells what broke without ending the call.
 * @csspart enable-sound - The button in the sound banner.
 * @csspart transcript - What was said.
 * @csspart turn - One turn in it.
 * @csspart turn-user - A turn of the visitor.
 * @csspart turn-agent - A turn of the agent.
 * @csspart turn-interim - A turn whose words still change.
 * @csspart text-box - The line to type into.
 * @csspart text-input - Its input.
 * @csspart send - Its button.
 * @csspart controls - The row with mute and hang up.
 * @csspart mute - Switches the microphone.
 * @csspart meter - The visitor's loudness.
 * @csspart hang-up - Ends the call, or gives up its start.
 * @csspart ended - Why the call ended.
 * @csspart error - Why the call broke, and what to do.
 * @csspart call-again - Starts the next call.
 * @csspart retry - Starts again after an error.
 * @csspart close - Goes back to the call button.
 *
 * @cssproperty [--dialnexa-accent=#0f766e] - Call button, focus, the visitor's turns.
 * @cssproperty [--dialnexa-accent-text=#ffffff] - Text on the accent.
 * @cssproperty [--dialnexa-danger=#c2263b] - Hang up, and what is wrong.
 * @cssproperty [--dialnexa-danger-text=#ffffff] - Text on it.
 * @cssproperty [--dialnexa-warning=#fdf3d8] - Background of banners and hints.
 * @cssproperty [--dialnexa-warning-text=#593c04] - Text on it.
 * @cssproperty [--dialnexa-background=#ffffff] - The card.
 * @cssproperty [--dialnexa-surface=#f1f5f4] - What lies on the card: transcript, quiet buttons.
 * @cssproperty [--dialnexa-text=#10211f] - Text.
 * @cssproperty [--dialnexa-text-soft=#4b5f5c] - Text that matters less.
 * @cssproperty [--dialnexa-border=#d5dfdd] - Lines.
 * @cssproperty [--dialnexa-focus=var(--dialnexa-accent)] - The ring around what has the focus.
 * @cssproperty [--dialnexa-turn-user=var(--dialnexa-accent)] - The visitor's turns.
 * @cssproperty [--dialnexa-turn-user-text=var(--dialnexa-accent-text)] - Text on them.
 * @cssproperty [--dialnexa-turn-agent=#ffffff] - The agent's turns.
 * @cssproperty [--dialnexa-turn-agent-text=var(--dialnexa-text)] - Text on them.
 * @cssproperty [--dialnexa-orb-from=#5eead4] - The light side of the orb.
 * @cssproperty [--dialnexa-orb-to=#0f766e] - The dark side of the orb.
 * @cssproperty [--dialnexa-radius=20px] - Corners of the card.
 * @cssproperty [--dialnexa-button-radius=999px] - Corners of buttons.
 * @cssproperty [--dialnexa-shadow] - Shadow of the card.
 * @cssproperty [--dialnexa-font=system-ui, sans-serif] - Typeface.
 * @cssproperty [--dialnexa-font-size=16px] - Size of the text; everything scales with it.
 * @cssproperty [--dialnexa-width=360px] - Width of the card; never wider than its place.
 * @cssproperty [--dialnexa-transcript-height=200px] - Height of the transcript.
 * @cssproperty [--dialnexa-offset-x=20px] - Distance of a floating element from the side.
 * @cssproperty [--dialnexa-offset-y=20px] - Distance of a floating element from top or bottom.
 * @cssproperty [--dialnexa-z-index=2147483000] - Height of a floating element over the page.
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

  /** A publishable key, `dnx_pk_…`. */
  declare apiKey: string;
  /** The agent to call: its latest published version, unless `agentVersionNumber` names another. */
  declare agentId: string;
  /** Exactly this published version, instead of `agentId`. */
  declare agentVersionId: string;
  /** A published version of `agentId`. */
  declare agentVersionNumber: number | null;
  /** Where calls are made. Default: where the script came from. */
  declare serverUrl: string;
  /** The words on the call button. */
  declare label: string;
  /** Put into the agent's prompt where it says `{{name}}`. An object, or JSON of one. */
  declare variables: WebCallOptions['variables'] | null;
  /** Kept on the call record; the agent never sees it. An object, or JSON of one. */
  declare metadata: WebCallOptions['metadata'] | null;
  /** What visitors must agree to before a call. The text and the time are kept on the call record. */
  declare consentText: string;
  /** The version of that text. */
  declare consentVersion: string;
  /** In the page's flow, `inline` (default), or in a corner: `bottom-right`, `bottom-left`, `top-right`, `top-left`. */
  declare placement: Placement;
  /** Colours: `auto` (default) follows the system, `light`, `dark`. */
  declare theme: Theme;
  /** BCP 47. Default: the language around the element. Also told to the agent. */
  declare lang: string;
  /** Whether the conversation is shown in writing: `show` (default) or `hide`. */
  declare transcript: 'show' | 'hide';
  /** Words of your own, over those of the language. */
  declare texts: TextOverrides;
  /** Advanced: makes the call object. For tests and demos that must not call anybody. */
  declare callFactory: CallFactory;

  readonly #call: CallController;
  #consent: Consent | null = null;
  #asksConsent = false;
  #closed = true;
  #shownView: ViewName = 'idle';
  #takesFocus = false;
  #types = false;
  /** What was typed and not sent: it outlives the call. */
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

  /** Where the call stands. */
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

  /** Moved into the document of a frame or of a window of its own. */
  adoptedCallback(): void {
    this.#dress();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const name of INTENT) this.removeEventListener(name, this.#warmUp);
  }

  /**
   * Starts a call, or asks for consent first. Resolves when media is up or the start has failed; never
   * rejects: listen to `dialnexa-error`.
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

  /** Ends the call. In any state, any number of times. */
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

  /** Says something to the agent in writing; tells whether it was sent. */
  sendText(text: string): Promise<boolean> {
    return this.#call.sendText(text);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (changed.has('placement')) this.#dress();
    // A page may make an element anew while its visitor is in it: what has the focus now decides.
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
      // Whoever is typing must not press a button with the next key.
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

  /** Why no call can be made; not yet told, before somebody tries, of objects that a framework has yet to set. */
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

  /** Only if the page has not mended it by then. */
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
