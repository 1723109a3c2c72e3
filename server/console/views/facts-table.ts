/** Names and values. */
import { html, type TemplateResult } from 'lit';
import { formatValue } from '../format.js';

/** What has no value is left out. */
export function table(values: Record<string, unknown>): TemplateResult {
  const rows = Object.entries(values).filter(([, value]) => value != null && value !== '');
  return html`<dl class="facts">
    ${rows.map(
      ([name, value]) =>
        html`<dt>${name}</dt>
          <dd>${formatValue(value)}</dd>`,
    )}
  </dl>`;
}
