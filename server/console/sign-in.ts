/** `<dialnexa-sign-in>`: takes the secret key. */
import { css, html, LitElement, type TemplateResult } from 'lit';
import { shared } from './styles/page.styles.js';

/** Fires `console-key` with the key. */
export class SignInElement extends LitElement {
  static override readonly properties = { refusal: {}, fault: { state: true } };

  static override readonly styles = [
    shared,
    css`
      form {
        display: grid;
        gap: 1rem;
        max-width: 26rem;
        margin: 10vh auto 0;
        padding: 1.75rem;
      }

      label {
        display: grid;
        gap: 0.35rem;
        font-weight: 600;
      }
    `,
  ];

  declare refusal: string;
  declare fault: string;

  constructor() {
    super();
    this.refusal = '';
    this.fault = '';
  }

  protected override render(): TemplateResult {
    const trouble = this.fault || this.refusal;
    return html`
      <form class="card" @submit=${this.#submit}>
        <h1>Call history</h1>
        <p class="soft">
          Give a secret key of your workspace. It is kept in this tab only, until you close it.
        </p>
        ${trouble ? html`<p class="trouble" role="alert">${trouble}</p>` : ''}
        <label>
          Secret key
          <input
            name="key"
            type="password"
            autocomplete="off"
            spellcheck="false"
            placeholder="dnx_sk_…"
            required
          />
        </label>
        <button class="primary">Open</button>
      </form>
    `;
  }

  #submit(event: SubmitEvent): void {
    event.preventDefault();
    const form = new FormData(event.currentTarget as HTMLFormElement);
    const given = form.get('key');
    const key = typeof given === 'string' ? given.trim() : '';
    if (!key.startsWith('dnx_sk_')) {
      this.fault = 'That is not a secret key: it begins with dnx_sk_.';
      return;
    }
    this.dispatchEvent(new CustomEvent('console-key', { detail: key }));
  }
}
