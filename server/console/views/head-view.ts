/** Which call, how it went, and why it ended. */
import { html, type TemplateResult } from 'lit';
import type { Call } from '../../../sdk/wire/call.js';
import { formatLatency, formatLength, formatMoment } from '../format.js';
import { explanationView } from './explanation-view.js';
import { statusBadge } from './status-badge.js';

/** The top of the page. `hear` plays the recording from a moment of the call. */
export function headView(call: Call, hear: (ms: number) => void): TemplateResult {
  return html`
    <section class="head">
      <div class="names">
        ${statusBadge(call.status)}
        <h1>${call.agent_name} <span class="soft">v${call.agent_version_number}</span></h1>
      </div>
      <p class="mono soft">${call.id}</p>
      ${explanationView(call, hear)}
      <dl class="figures">
        ${figure('Created', formatMoment(call.created_at))}
        ${figure('Caller joined', call.started_at ? formatMoment(call.started_at) : '–')}
        ${figure('Agent answered', call.answered_at ? formatMoment(call.answered_at) : '–')}
        ${figure('Ended', call.ended_at ? formatMoment(call.ended_at) : '–')}
        ${figure('Duration', formatLength(call.duration_ms))}
        ${figure('Latency (median)', formatLatency(call.latency_ms))}
      </dl>
    </section>
  `;
}

function figure(name: string, value: string): TemplateResult {
  return html`<div>
    <dt>${name}</dt>
    <dd class="number">${value}</dd>
  </div>`;
}
