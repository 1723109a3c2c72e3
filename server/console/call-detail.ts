/** `<dialnexa-call-detail>`: everything that explains one call. */
import { html, LitElement, type PropertyValues, type TemplateResult } from 'lit';
import type { BackendClient } from '../../sdk/backend/backend-client.js';
import { RestError } from '../../sdk/rest/core/rest-error.js';
import type { Call } from '../../sdk/wire/call.js';
import { isAboutKey } from './console-client.js';
import { goOnWhereItWas } from './player-place.js';
import { detailStyles } from './styles/detail.styles.js';
import { shared } from './styles/page.styles.js';
import { analysisView } from './views/analysis-view.js';
import { evidenceView } from './views/evidence-view.js';
import { headView } from './views/head-view.js';
import { recordView } from './views/record-view.js';
import { timelineView } from './views/timeline-view.js';
import { turnsView } from './views/turns-view.js';

const REFRESH_MS = 2000;
/** A link this fresh that opens nothing will open nothing: no third one is asked for. */
const FRESH_MS = 30_000;

/** Read again while the call goes on. Fires `console-refused` when the key is not good enough. */
export class CallDetailElement extends LitElement {
  static override readonly properties = {
    client: { attribute: false },
    callId: {},
    call: { state: true },
    fault: { state: true },
    snapshot: { state: true },
  };

  static override readonly styles = [shared, detailStyles];

  declare client: BackendClient | null;
  declare callId: string;
  declare call: Call | null;
  declare fault: string;
  /** The settings of the version, once somebody has asked for them. */
  declare snapshot: string;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #linkTimer: ReturnType<typeof setTimeout> | undefined;
  #linkAt = -Infinity;

  constructor() {
    super();
    this.client = null;
    this.callId = '';
    this.call = null;
    this.fault = '';
    this.snapshot = '';
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
    clearTimeout(this.#linkTimer);
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('callId') || changed.has('client')) {
      this.call = null;
      this.snapshot = '';
      this.#linkAt = -Infinity;
      void this.#load();
    }
  }

  protected override render(): TemplateResult {
    const { call } = this;
    return html`
      <p><a href="#/">← All calls</a></p>
      ${this.fault ? html`<p class="trouble" role="alert">${this.fault}</p>` : ''}
      ${call ? this.#whole(call) : html`<p class="soft">${this.fault ? '' : 'Loading…'}</p>`}
    `;
  }

  #whole(call: Call): TemplateResult {
    return html`
      ${headView(call, (ms) => this.#hear(ms))}
      <div class="columns">
        <div class="column">${turnsView(call, (ms) => this.#hear(ms))} ${timelineView(call)}</div>
        <div class="column">
          ${analysisView(call)}
          ${evidenceView(
            call,
            this.snapshot,
            () => void this.#readSnapshot(call),
            () => this.#renewLink(),
          )}
          ${recordView(call)}
        </div>
      </div>
    `;
  }

  /** Plays the recording from a moment of the call. */
  #hear(callMs: number): void {
    const audio = this.renderRoot.querySelector('audio');
    if (!audio) return;
    audio.currentTime = Math.max(0, (callMs - (this.call?.recording.offset_ms ?? 0)) / 1000);
    void audio.play().catch(() => {});
  }

  async #readSnapshot(call: Call): Promise<void> {
    const found = await this.client?.agents.versions
      .get(call.agent_id, call.agent_version_number)
      .catch((error: unknown) => String(error instanceof Error ? error.message : error));
    this.snapshot = typeof found === 'object' ? JSON.stringify(found, null, 2) : (found ?? '');
  }

  /** The link opens the file for an hour, and the page may stay open longer. */
  #renewLink(): void {
    if (performance.now() - this.#linkAt > FRESH_MS) void this.#load(true);
    else this.fault = 'The recording cannot be played now.';
  }

  /** Takes the link of this reading, and asks for the next one before it runs out. */
  #takeLink({ expires_at }: Call['recording']): void {
    const audio = this.renderRoot.querySelector('audio');
    if (audio) goOnWhereItWas(audio);
    this.#linkAt = performance.now();
    clearTimeout(this.#linkTimer);
    const leftMs = expires_at ? Date.parse(expires_at) - Date.now() : Infinity;
    if (leftMs === Infinity) return;
    // A clock that is fast makes no storm of requests; a link that is too old is renewed when it fails.
    this.#linkTimer = setTimeout(
      () => void this.#load(true),
      Math.max(FRESH_MS, leftMs - FRESH_MS),
    );
  }

  async #load(withLink = false): Promise<void> {
    clearTimeout(this.#timer);
    const { callId, client } = this;
    if (!client || !callId) return;
    try {
      const call = await client.calls.get(callId);
      if (callId !== this.callId) return;
      // The signed link changes with every reading; a player must not start anew because of that.
      if (this.call?.recording.url && call.recording.url && !withLink) {
        call.recording.url = this.call.recording.url;
      } else if (call.recording.url) {
        this.#takeLink(call.recording);
      }
      this.call = call;
      this.fault = '';
      if (!isSettled(call)) this.#again();
    } catch (error) {
      if (!(error instanceof RestError)) throw error;
      this.fault = error.status === 404 ? `There is no call ${callId}.` : error.message;
      if (isAboutKey(error))
        this.dispatchEvent(new CustomEvent('console-refused', { detail: error }));
      else if (error.status !== 404) this.#again();
    }
  }

  #again(): void {
    if (this.isConnected) this.#timer = setTimeout(() => void this.#load(), REFRESH_MS);
  }
}

/** Whether nothing more is to come soon: the call is over, its recording is whole, and it is analysed or a while off that. */
function isSettled(call: Call): boolean {
  const { ended_at: ended, recording, analysis } = call;
  const isAnalysed = analysis.status !== 'queued' || analysis.error !== null;
  return ended !== null && recording.status !== 'recording' && isAnalysed;
}
