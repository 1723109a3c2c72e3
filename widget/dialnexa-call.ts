/** `<dialnexa-call>`: draws a call of the SDK. Only `./register.js` registers it. */
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { CallState, ClientTool, WebCallOptions } from '../sdk/index.js';
import type { CallCard } from './call-card.js';
import type { CallFactory } from './call-port.js';
import type { CallField } from './call-field.js';
import { CardLoadError } from './card-load-error.js';
import { DeveloperHints } from './developer-hints.js';
import { forgive, type Given } from './forgive.js';
import { keptText } from '../sdk/page/kept-text.js';
import { GIVEN } from './given-values.js';
import { joinedAttributes } from './joined-attributes.js';
import { languageOf } from './language.js';
import { loadCard, loadedCard, loadMediaBeside } from './load-card.js';
import { looksWrong } from './looks-wrong.js';
import { DialNexaErrorEvent } from './events/error-event.js';
import type { Mode, Placement, Size, Theme } from './placement.js';
import { dress } from './styles/dress.js';
import { shellStyles } from './styles/shell-styles.js';
import { findLanguage, loadTexts } from './texts/languages.js';
import { shellTexts } from './texts/shell-texts.js';
import type { TextOverrides } from './texts/texts.js';
import { idleView } from './views/idle-view.js';

/** Somebody wants a call whose code is on the way, or could not be loaded. */
type Wait = 'none' | 'loading' | 'failed';

const IDLE: CallState = { status: 'idle' };
const INTENT = ['pointerenter', 'focusin', 'touchstart'] as const;

/**
 * A button with which visitors of a page talk to a voice agent.
 *
 * @summary A call button, and the call that it starts.
 *
 * @slot label - The text of the call button, instead of the attribute `label`.
 * @slot icon - The icon on the call button.
 * @slot avatar - A picture of the agent, in place of the animated one: `<img slot="avatar" src="…" alt="">`. Its rings show the level.
 * @slot header - Above everything in the card of a call.
 * @slot footer - Below everything in the card of a call.
 *
 * @csspart card - The card, around everything but the call button.
 * @csspart call-button - The button that starts a call.
 * @csspart dialog - The dialog around the card, with the mode `dialog` or as a sheet.
 * @csspart language-menu - The list of languages, at the head of the card.
 * @csspart minimise - The button that puts the dialog of a call away.
 * @csspart expand - The button that opens it again.
 * @csspart hint - The hint for the developer of the page: what is not set up.
 * @csspart consent - What is asked before a call: the form, the consent, or both.
 * @csspart field - A field of the form: its label, its control, and what is wrong.
 * @csspart field-input - The control of a field.
 * @csspart field-fault - What is wrong with its value.
 * @csspart agree - The button that sends the form, agrees, and starts the call.
 * @csspart decline - The button that goes back to the call button.
 * @csspart stage - The line with the agent's state and the timer.
 * @csspart orb - The animated picture of the agent; it moves with its voice.
 * @csspart agent-state - The text that says what the agent is doing.
 * @csspart timer - The duration of the call.
 * @csspart banner - A line that needs attention: blocked sound, or an error.
 * @csspart sound-banner - The banner that offers to turn on the sound.
 * @csspart notice - The banner for an error that did not end the call.
 * @csspart enable-sound - The button in the sound banner.
 * @csspart silence-banner - The banner that says that nothing is heard of the visitor.
 * @csspart choose-microphone - The button in that banner.
 * @csspart transcript - The transcript.
 * @csspart turn - A turn of the transcript.
 * @csspart turn-user - A turn of the visitor.
 * @csspart turn-agent - A turn of the agent.
 * @csspart turn-interim - A turn whose text still changes.
 * @csspart text-box - The form for typing to the agent.
 * @csspart text-input - The input of the text box.
 * @csspart send - The button of the text box.
 * @csspart devices-button - The button that opens the menu of the devices.
 * @csspart devices - The menu of microphone, speaker and volume.
 * @csspart microphone - The list of microphones.
 * @csspart speaker - The list of speakers, where the browser has a choice.
 * @csspart volume - The slider of the agent's volume.
 * @csspart controls - The row with mute and hang up.
 * @csspart mute - The button that mutes the microphone.
 * @csspart meter - The meter of the visitor's loudness.
 * @csspart hang-up - The button that ends the call or cancels its start.
 * @csspart ended - The view of a call that has ended, and why.
 * @csspart rating - The form of the rating after a call.
 * @csspart mark - A star or thumb.
 * @csspart comment - The comment beside a rating.
 * @csspart send-rating - The button that sends them.
 * @csspart thanks - What stands there once they are sent.
 * @csspart error - The view of a call that has failed: why, and what to do.
 * @csspart copy-details - The button that copies the facts of a failed call.
 * @csspart details - These facts, where the page may not write to the clipboard.
 * @csspart open-alone - The link to the page itself, where it is inside another one.
 * @csspart call-again - The button that starts the next call.
 * @csspart retry - The button that starts again after an error.
 * @csspart type-instead - The button that starts without a microphone, for typing, where none was found.
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
 * @cssproperty [--dialnexa-transcript-height=200px] - Height of the transcript; less where the window is too low for it.
 * @cssproperty [--dialnexa-offset-x=20px] - Distance of a floating element from the side.
 * @cssproperty [--dialnexa-offset-y=20px] - Distance of a floating element from top or bottom.
 * @cssproperty [--dialnexa-z-index=2147483000] - Stack level of a floating element.
 */
export class DialNexaCallElement extends LitElement {
  static override readonly styles = shellStyles;

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
    fields: {},
    resume: {},
    rating: {},
    mode: {},
    size: {},
    languages: {},
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
  /** What visitors must agree to before a call; stored on the call record with its hash, language and time. Default: nothing is asked. */
  declare consentText: string;
  /** The version of the consent text. */
  declare consentVersion: string;
  /** What visitors are asked before a call, at most 10 fields; the answers become `variables`. An array or its JSON. */
  declare fields: readonly CallField[] | null;
  /** Whether a call goes on when its visitor reloads the page or goes to another one with this attribute; default: no. */
  declare resume: boolean;
  /** How visitors may rate a call after it: `stars`, `thumbs`, or `none` (default). */
  declare rating: 'none' | 'stars' | 'thumbs';
  /** What there is: `card` (default), which the button becomes in a call, `dialog`, above the page, `button`, which ends the call, or `headless`: nothing. */
  declare mode: Mode;
  /** Of a call: `full` (default), `compact` (one line, no transcript), or `sheet`, which fills the screen of a phone. */
  declare size: Size;
  /** Languages that visitors may choose from in the card, BCP 47: `en de ar`. Default: no choice. */
  declare languages: string;
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
  declare callFactory: CallFactory | null;

  /** @internal What the page has given. */
  declare given: Given;
  /** @internal What the page offers. */
  readonly tools = new Set<ClientTool>();

  #card: CallCard | null = null;
  #wait: Wait = 'none';
  #language = '';

  static {
    forgive(DialNexaCallElement.prototype);
  }

  constructor() {
    super();
    // Each takes its default.
    for (const name of Object.keys(GIVEN)) Object.assign(this, { [name]: undefined });
    const loaded = loadedCard();
    if (loaded) this.#card = new loaded.CallCard(this, findLanguage);
  }

  /** The state of the call: see `CallState` of the SDK. */
  get state(): CallState {
    return this.#card?.state ?? IDLE;
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

  /** Starts a call, or asks first what the visitor has to answer. Resolves when media is up or that has failed; `dialnexa-error` tells why. */
  async start(): Promise<void> {
    await this.#begin(false);
  }

  /** Ends the call. Allowed in every state, any number of times. */
  async end(): Promise<void> {
    this.#waitFor('none');
    await this.#card?.end();
  }

  /** Stops sending the visitor's voice. */
  async mute(): Promise<void> {
    await this.#card?.setMuted(true);
  }

  /** Sends the visitor's voice again. */
  async unmute(): Promise<void> {
    await this.#card?.setMuted(false);
  }

  /** Sends a typed text to the agent; resolves with whether it was sent. */
  async sendText(text: string): Promise<boolean> {
    return (await this.#card?.sendText(text)) ?? false;
  }

  /** Lets the agent know something without an answer; resolves with whether it was told. */
  async sendContext(text: string): Promise<boolean> {
    return (await this.#card?.sendContext(text)) ?? false;
  }

  /** Presses keys, `0`–`9`, `*` and `#`; resolves with whether they were sent. */
  async sendDigits(digits: string): Promise<boolean> {
    return (await this.#card?.sendDigits(digits)) ?? false;
  }

  /** Offers the agent a function of the page, as `registerTool()` of the SDK does; returns a function that takes it back. */
  registerTool(tool: ClientTool): () => void {
    const { tools } = this;
    tools.add(tool);
    this.#card?.offer();
    return () => {
      tools.delete(tool);
      this.#card?.offer();
    };
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (changed.has('placement') || changed.has('mode')) this.#dress();
    if (this.#card && this.#language !== languageOf(this)) void this.#loadTexts();
    this.#card?.willDraw();
  }

  protected override render(): TemplateResult | typeof nothing {
    if (this.mode === 'headless') return nothing;
    const place = this.placement === 'inline' ? '' : 'floating';
    const texts = shellTexts(languageOf(this), this.texts);
    const trouble = this.#wait === 'failed' ? texts.notLoaded : '';
    const isLoading = this.#wait === 'loading';
    const button = idleView(this.label || texts.call, isLoading, trouble, this.#press);
    const { drawing = button, announced = '' } = this.#card?.draw(button) ?? {};
    return html`<div class="root ${this.theme} ${place}" dir=${texts.direction ?? nothing}>
      ${drawing}
      <div class="sr" role="status">${isLoading ? texts.loading : announced}</div>
    </div>`;
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('resume') && this.resume && keptText()) this.#loadFor((card) => card.resume());
    if (this.#card) this.#card.drawn();
    else if (looksWrong(this)) this.#lookCloser();
  }

  readonly #press = (): void => void this.#begin(true);

  async #begin(isPressed: boolean): Promise<void> {
    // A browser asks for the microphone in the very click.
    if (this.#card?.isReady()) return this.#card.start(isPressed);
    if (this.#wait === 'loading') return;
    this.#waitFor('loading');
    this.#loadMedia();
    const loaded = await this.#load()
      .then((card) => card.ready())
      .catch((cause: unknown) => CardLoadError.from(cause));
    // Meanwhile somebody may have cancelled, or taken the element away.
    if ((this.#wait as Wait) !== 'loading' || !this.isConnected) return;
    const isThere = !(loaded instanceof Error);
    this.#waitFor(isThere ? 'none' : 'failed');
    if (isThere) return loaded.start(isPressed);
    new DeveloperHints(this).say(loaded);
    this.dispatchEvent(new DialNexaErrorEvent(loaded));
  }

  #waitFor(wait: Wait): void {
    if (this.#wait === wait) return;
    this.#wait = wait;
    this.requestUpdate();
  }

  /** The first sign that a call is wanted. What fails now is told at the start. */
  readonly #warmUp = (): void => {
    if (this.#card) return this.#card.warmUp();
    this.#loadMedia();
    this.#loadFor((card) => card.warmUp());
  };

  #loadFor(act: (card: CallCard) => unknown): void {
    void this.#load().then(act, () => undefined);
  }

  #loadMedia(): void {
    if (!this.callFactory) loadMediaBeside();
  }

  async #load(): Promise<CallCard> {
    const [{ CallCard }] = await Promise.all([loadCard(), this.#loadTexts()]);
    this.#card ??= new CallCard(this, findLanguage);
    this.#dress();
    this.requestUpdate();
    return this.#card;
  }

  async #loadTexts(): Promise<void> {
    this.#language = languageOf(this);
    if (await loadTexts(this.#language)) this.requestUpdate();
  }

  /** After the page has had time to set the properties; what the card shows is for the developer of the page. */
  #lookCloser(): void {
    setTimeout(() => {
      if (this.isConnected && looksWrong(this)) this.#loadFor(() => undefined);
    });
  }

  #dress(): void {
    const placement = this.mode === 'headless' ? 'none' : this.placement;
    if (this.shadowRoot) dress(this.shadowRoot, placement, this.#card?.styles);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'dialnexa-call': DialNexaCallElement;
  }
}
