/** One call in the list. */
import { html, type TemplateResult } from 'lit';
import type { CallSummary } from '../../../sdk/wire/call.js';
import { formatBrief, formatLatency, formatLength } from '../format.js';
import { callAddress } from '../route.js';
import { END_WORDS, sentenceOf } from '../words.js';
import { statusBadge } from './status-badge.js';

/** The link covers the whole row. */
export function callRow(call: CallSummary): TemplateResult {
  const started = call.started_at ?? call.created_at;
  return html`
    <tr>
      <td>${statusBadge(call.status)}</td>
      <td>
        <a href=${callAddress(call.id)}>${call.agent_name}</a>
        <span class="soft">v${call.agent_version_number}</span>
      </td>
      <td class="number"><time datetime=${started}>${formatBrief(started)}</time></td>
      <td class="number">${formatLength(call.duration_ms)}</td>
      <td class="number">${call.turn_count}</td>
      <td class="number">${formatLatency(call.latency_ms)}</td>
      <td class="why">
        ${call.end_reason ? END_WORDS[call.end_reason] : ''}
        ${
          call.findings?.length
            ? html`<span class="stands-out">${call.findings.map(sentenceOf).join(' · ')}</span>`
            : ''
        }
      </td>
    </tr>
  `;
}
