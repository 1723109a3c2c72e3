/** What the analysis after the call found. */
import { html, type TemplateResult } from 'lit';
import type { Call } from '../../../sdk/wire/call.js';
import { formatMoment } from '../format.js';
import { table } from './facts-table.js';

const SUCCESS_WORDS = { true: 'Yes', false: 'No' } as const;

/** Nothing for a call that has none. */
export function analysisView({ analysis, summary, sentiment }: Call): TemplateResult | '' {
  if (analysis.status === 'none') return '';
  const facts = {
    Sentiment: sentiment,
    Succeeded: analysis.success === null ? null : SUCCESS_WORDS[`${analysis.success}`],
    ...Object.fromEntries(
      Object.entries(analysis.fields).map(([name, { value }]) => [name, value] as const),
    ),
    Made: analysis.completed_at
      ? `${formatMoment(analysis.completed_at)}, ${analysis.model ?? 'by rules'}`
      : null,
  };
  return html`<section class="card" aria-labelledby="analysis">
    <h2 id="analysis">Analysis</h2>
    ${stateView(analysis)} ${summary === null ? '' : html`<p dir="auto">${summary}</p>`}
    ${analysis.method === null ? '' : table(facts)}
  </section>`;
}

function stateView({ status, error }: Call['analysis']): TemplateResult | '' {
  if (status === 'failed') return html`<p class="trouble">It was given up. ${error}</p>`;
  if (status !== 'queued') return '';
  return html`<p class="soft">
    ${error === null ? 'It is being made.' : `It is tried again. ${error}`}
  </p>`;
}
