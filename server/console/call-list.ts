/** `<dialnexa-call-list>`: the calls of the workspace, newest first, kept fresh. */
import { html, LitElement, type PropertyValues, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { BackendClient } from '../../sdk/backend/backend-client.js';
import { RestError } from '../../sdk/rest/core/rest-error.js';
import type { Agent } from '../../sdk/wire/agent.js';
import type { CallPage, CallSummary } from '../../sdk/wire/call.js';
import {
  exportFile,
  findingsOf,
  isAboutKey,
  listCalls,
  type ListFilters,
} from './console-client.js';
import { listStyles } from './styles/list.styles.js';
import { shared } from './styles/page.styles.js';
import { callRow } from './views/call-row.js';
import { filterBar } from './views/filter-bar.js';

const REFRESH_MS = 4000;
const PAGE = 50;

/** Fires `console-refused` when the key is not good enough. */
export class CallListElement extends LitElement {
  static override readonly properties = {
    client: { attribute: false },
    active: { type: Boolean },
    calls: { state: true },
    agents: { state: true },
    findings: { state: true },
    exporting: { state: true },
    filters: { state: true },
    cursor: { state: true },
    loading: { state: true },
    fault: { state: true },
  };

  static override readonly styles = [shared, listStyles];

  declare client: BackendClient | null;
  declare active: boolean;
  declare calls: CallSummary[];
  declare agents: Agent[];
  declare findings: [code: string, calls: number][];
  declare exporting: boolean;
  declare filters: ListFilters;
  declare cursor: string | null;
  declare loading: boolean;
  declare fault: string;
  #timer: ReturnType<typeof setInterval> | undefined;
  /** Answers to older questions are thrown away. */
  #question = 0;

  constructor() {
    super();
    this.client = null;
    this.active = true;
    this.calls = [];
    this.agents = [];
    this.findings = [];
    this.exporting = false;
    this.filters = { status: '', agentId: '', from: '', to: '', q: '', finding: '' };
    this.cursor = null;
    this.loading = true;
    this.fault = '';
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#timer = setInterval(() => {
      if (this.active && document.visibilityState === 'visible') void this.#refresh();
    }, REFRESH_MS);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#timer);
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('client') && this.client) {
      void this.#load();
      void this.#loadChoices(this.client);
    } else if (changed.has('active') && this.active) {
      void this.#refresh();
    }
  }

  protected override render(): TemplateResult {
    return html`
      <div class="head">
        <h1>Call history</h1>
        ${filterBar(this.filters, this.agents, this.findings, (filters) => this.#narrow(filters))}
        <button ?disabled=${this.exporting} @click=${() => void this.#export()}>Export CSV</button>
      </div>
      ${this.fault ? html`<p class="trouble" role="alert">${this.fault}</p>` : ''}
      <div class="table card">
        <table>
          <caption class="sr">
            Calls, newest first
          </caption>
          <thead>
            <tr>
              <th scope="col">Status</th>
              <th scope="col">Agent</th>
              <th scope="col">Started</th>
              <th scope="col">Duration</th>
              <th scope="col">Turns</th>
              <th scope="col">Latency</th>
              <th scope="col">Why it ended</th>
            </tr>
          </thead>
          <tbody>
            ${repeat(this.calls, (call) => call.id, callRow)}
          </tbody>
        </table>
        ${this.calls.length === 0 ? html`<p class="empty soft">${this.#nothing()}</p>` : ''}
      </div>
      ${
        this.cursor
          ? html`<button class="more" ?disabled=${this.loading} @click=${() => this.#more()}>
              Show older calls
            </button>`
          : ''
      }
    `;
  }

  #nothing(): string {
    if (this.loading) return 'Loading…';
    if (this.fault) return 'Nothing to show.';
    const narrowed = Object.values(this.filters).some(Boolean);
    return narrowed ? 'No call fits these filters.' : 'No calls yet. The first one appears here.';
  }

  #narrow(filters: ListFilters): void {
    this.filters = filters;
    this.calls = [];
    void this.#load();
  }

  async #load(): Promise<void> {
    this.loading = true;
    const page = await this.#ask(null);
    if (!page) return;
    this.calls = page.data;
    this.cursor = page.next_cursor;
  }

  async #more(): Promise<void> {
    this.loading = true;
    const page = await this.#ask(this.cursor);
    if (!page) return;
    this.calls = merge(this.calls, page.data, 'append');
    this.cursor = page.next_cursor;
  }

  /** The newest page over what is shown; older pages stay as they were read. */
  async #refresh(): Promise<void> {
    if (this.loading) return;
    const page = await this.#ask(null);
    if (!page) return;
    const short = this.calls.length <= PAGE;
    this.calls = short ? page.data : merge(this.calls, page.data, 'prepend');
    if (short) this.cursor = page.next_cursor;
  }

  async #ask(cursor: string | null): Promise<CallPage | null> {
    const question = ++this.#question;
    try {
      const page = this.client && (await listCalls(this.client, this.filters, cursor, PAGE));
      if (question !== this.#question || !page) return null;
      this.fault = '';
      return page;
    } catch (error) {
      if (question !== this.#question || !(error instanceof RestError)) throw error;
      if (isAboutKey(error))
        this.dispatchEvent(new CustomEvent('console-refused', { detail: error }));
      this.fault = error.message;
      return null;
    } finally {
      if (question === this.#question) this.loading = false;
    }
  }

  async #export(): Promise<void> {
    if (!this.client) return;
    this.exporting = true;
    try {
      const link = document.createElement('a');
      link.href = URL.createObjectURL(await exportFile(this.client, this.filters));
      link.download = 'calls.csv';
      link.click();
      URL.revokeObjectURL(link.href);
    } catch (error) {
      this.fault = error instanceof Error ? error.message : String(error);
    } finally {
      this.exporting = false;
    }
  }

  async #loadChoices(client: BackendClient): Promise<void> {
    // Without them there is a filter less; the list itself tells what is wrong.
    const [agents, findings] = await Promise.all([
      client.agents.list({ limit: 200 }).catch(() => null),
      findingsOf(client).catch(() => []),
    ]);
    this.agents = agents?.data ?? [];
    this.findings = findings;
  }
}

function merge(
  shown: CallSummary[],
  read: CallSummary[],
  where: 'append' | 'prepend',
): CallSummary[] {
  const fresh = new Map(read.map((call) => [call.id, call]));
  const kept = shown.map((call) => fresh.get(call.id) ?? call);
  const known = new Set(shown.map((call) => call.id));
  const added = read.filter((call) => !known.has(call.id));
  return where === 'append' ? [...kept, ...added] : [...added, ...kept];
}
