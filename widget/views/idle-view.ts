/** The view before a call: the call button. */
import { html, nothing, type TemplateResult } from 'lit';
import { waveIcon } from '../wave-icon.js';

/** `trouble`: why nothing came of the last press. */
export function idleView(
  label: string,
  isLoading: boolean,
  trouble: string,
  press: () => void,
): TemplateResult {
  return html`
    <button
      class="call-button primary"
      part="call-button"
      type="button"
      data-primary
      aria-busy=${isLoading ? 'true' : nothing}
      @click=${press}
    >
      <slot name="icon">${waveIcon}</slot>
      <bdi><slot name="label">${label}</slot></bdi>
    </button>
    ${trouble && html`<p class="not-loaded" part="notice" role="alert">${trouble}</p>`}
  `;
}
