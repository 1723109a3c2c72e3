/** Narrows the list to words, a status, an agent, a finding and days. */
import { html, type TemplateResult } from 'lit';
import type { Agent } from '../../../sdk/wire/agent.js';
import type { ListFilters } from '../console-client.js';
import { sentenceOf, statusWord, WEB_STATUSES } from '../words.js';

/** Tells every change at once. */
export function filterBar(
  filters: ListFilters,
  agents: readonly Agent[],
  findings: readonly [code: string, calls: number][],
  change: (filters: ListFilters) => void,
): TemplateResult {
  const set = (name: keyof ListFilters) => (event: Event) => {
    change({ ...filters, [name]: (event.currentTarget as HTMLInputElement).value });
  };
  return html`
    <form class="filters" aria-label="Filters" @submit=${(event: Event) => event.preventDefault()}>
      <input
        type="search"
        aria-label="Words that were said"
        placeholder="Search what was said"
        maxlength="200"
        .value=${filters.q}
        @change=${set('q')}
      />
      <select aria-label="Status" @change=${set('status')}>
        <option value="">Every status</option>
        ${WEB_STATUSES.map(
          (status) =>
            html`<option value=${status} ?selected=${filters.status === status}>
              ${statusWord(status)}
            </option>`,
        )}
      </select>
      <select aria-label="Agent" @change=${set('agentId')}>
        <option value="">Every agent</option>
        ${agents.map(
          (agent) =>
            html`<option value=${agent.id} ?selected=${filters.agentId === agent.id}>
              ${agent.title}
            </option>`,
        )}
      </select>
      <select aria-label="Finding" @change=${set('finding')}>
        <option value="">With and without findings</option>
        ${findings.map(
          ([code, calls]) =>
            html`<option value=${code} ?selected=${filters.finding === code}>
              ${sentenceOf(code)} (${calls})
            </option>`,
        )}
      </select>
      <span class="span">
        <input
          type="date"
          aria-label="From day"
          .value=${filters.from}
          max=${filters.to}
          @change=${set('from')}
        />
        <span class="soft" aria-hidden="true">–</span>
        <input
          type="date"
          aria-label="To day"
          .value=${filters.to}
          min=${filters.from}
          @change=${set('to')}
        />
      </span>
    </form>
  `;
}
