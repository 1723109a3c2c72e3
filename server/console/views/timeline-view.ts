/** What happened, when, and who caused it. */
import { html, type TemplateResult } from 'lit';
import type { Call, TimelineEvent } from '../../../sdk/wire/call.js';
import { formatMoment, formatOffset, formatValue } from '../format.js';
import { eventWords, SOURCE_WORDS } from '../words.js';
import { statusBadge } from './status-badge.js';

/** Times count from the creation of the call. */
export function timelineView(call: Call): TemplateResult {
  const zero = Date.parse(call.created_at);
  return html`
    <section class="card" aria-labelledby="timeline">
      <h2 id="timeline">Timeline</h2>
      <ol class="timeline">
        ${call.timeline.map((event) => row(event, zero))}
      </ol>
    </section>
  `;
}

function row(event: TimelineEvent, zero: number): TemplateResult {
  const detail = Object.entries(event.detail).filter(([, value]) => value !== null);
  return html`
    <li>
      <time class="number soft" datetime=${event.at} title=${formatMoment(event.at)}
        >${formatOffset(Date.parse(event.at) - zero)}</time
      >
      <div>
        <strong>${eventWords(event.type)}</strong>
        <span class="soft">by ${SOURCE_WORDS[event.source] ?? event.source}</span>
        ${event.status ? statusBadge(event.status) : ''}
        ${
          detail.length > 0
            ? html`<p class="mono soft">
                ${detail.map(([name, value]) => `${name}: ${formatValue(value)}`).join(' · ')}
              </p>`
            : ''
        }
      </div>
    </li>
  `;
}
