/** `<dialnexa-console>`: asks for the key, then shows what the address names. */
import { html, LitElement, css, type TemplateResult } from 'lit';
import type { BackendClient } from '../../sdk/backend/backend-client.js';
import type { RestError } from '../../sdk/rest/core/rest-error.js';
import { openConsoleClient } from './console-client.js';
import { keepKey, readKey } from './key-store.js';
import { readRoute, type ConsoleRoute } from './route.js';
import { shared } from './styles/page.styles.js';

/** Call History for operators. The key stays in this tab. */
export class ConsoleElement extends LitElement {
  static override readonly properties = {
    route: { state: true },
    client: { state: true },
    refusal: { state: true },
  };

  static override readonly styles = [
    shared,
    css`
      header {
        display: flex;
        align-items: center;
        justify-content: space-between;
        gap: 1rem;
        max-width: 76rem;
        margin: 0 auto;
        padding: 1rem 1.25rem;
      }

      header a {
        display: inline-flex;
        align-items: center;
        gap: 0.6rem;
        color: inherit;
        font-weight: 650;
        text-decoration: none;
      }

      header svg {
        width: 28px;
        height: 28px;
      }

      main {
        max-width: 76rem;
        margin: 0 auto;
        padding: 0.5rem 1.25rem 4rem;
      }
    `,
  ];

  declare route: ConsoleRoute;
  declare client: BackendClient | null;
  declare refusal: string;

  constructor() {
    super();
    const key = readKey();
    this.route = readRoute(location.hash);
    this.client = key ? openConsoleClient(key) : null;
    this.refusal = '';
  }

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener('hashchange', this.#follow);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener('hashchange', this.#follow);
  }

  protected override render(): TemplateResult {
    return html`
      <header>
        <a href="#/">
          <svg viewBox="0 0 32 32" aria-hidden="true">
            <circle cx="16" cy="16" r="16" fill="#0f766e" />
            <path
              d="M9 13v6M13 9v14M17 12v8M21 10v12M25 14v4"
              stroke="#fff"
              stroke-width="2.4"
              stroke-linecap="round"
            />
          </svg>
          DialNexa
        </a>
        ${this.client ? html`<button @click=${this.#signOut}>Sign out</button>` : ''}
      </header>
      <main>${this.#page()}</main>
    `;
  }

  #page(): TemplateResult {
    const { client, route } = this;
    if (!client) {
      return html`<dialnexa-sign-in
        .refusal=${this.refusal}
        @console-key=${this.#signIn}
      ></dialnexa-sign-in>`;
    }
    const list = route.name === 'list';
    return html`
      <dialnexa-call-list
        ?hidden=${!list}
        .active=${list}
        .client=${client}
        @console-refused=${this.#refused}
      ></dialnexa-call-list>
      ${
        route.name === 'call'
          ? html`<dialnexa-call-detail
              .client=${client}
              .callId=${route.id}
              @console-refused=${this.#refused}
            ></dialnexa-call-detail>`
          : ''
      }
    `;
  }

  readonly #follow = (): void => {
    this.route = readRoute(location.hash);
    window.scrollTo(0, 0);
  };

  #signIn(event: CustomEvent<string>): void {
    keepKey(event.detail);
    this.refusal = '';
    this.client = openConsoleClient(event.detail);
  }

  #signOut(): void {
    keepKey(null);
    this.client = null;
  }

  #refused(event: CustomEvent<RestError>): void {
    this.#signOut();
    this.refusal = event.detail.message;
  }
}
