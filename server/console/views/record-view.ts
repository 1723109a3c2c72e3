/** What the call did beside talking: functions, transfers, connection, usage, cost, and what the caller thought of it. */
import { html, type TemplateResult } from 'lit';
import type { Call, CallFunction, CallTransfer, ProviderUsage } from '../../../sdk/wire/call.js';
import { formatLatency, formatLength, formatMoney, formatMoment, formatOffset } from '../format.js';
import { table } from './facts-table.js';

/** Only what somebody told; a call without any of it gets nothing. */
export function recordView(call: Call): TemplateResult {
  const { functions, transfers, client, usage, feedback } = call;
  return html`
    ${
      functions.length > 0
        ? card(
            'Functions',
            html`<ol>
              ${functions.map(functionRow)}
            </ol>`,
          )
        : ''
    }
    ${
      transfers.length > 0
        ? card(
            'Transfers',
            html`<ol>
              ${transfers.map(transferRow)}
            </ol>`,
          )
        : ''
    }
    ${latencyView(call)} ${client?.connection ? connectionView(client.connection) : ''}
    ${usage ? usageView(call) : ''}
    ${
      feedback
        ? card(
            'Feedback',
            table({
              Rating: `${feedback.rating} of 5`,
              Comment: feedback.comment,
              Given: formatMoment(feedback.at),
            }),
          )
        : ''
    }
  `;
}

function card(title: string, content: TemplateResult): TemplateResult {
  const id = title.toLowerCase().replaceAll(/\W+/g, '-');
  return html`<section class="card" aria-labelledby=${id}>
    <h2 id=${id}>${title}</h2>
    ${content}
  </section>`;
}

function functionRow(one: CallFunction): TemplateResult {
  const how = one.ok ? 'succeeded' : `failed${one.error === null ? '' : `: ${one.error}`}`;
  const hasMore = one.arguments !== null || one.answer !== null;
  return html`<li>
    <strong>${one.name}</strong>${one.source === 'page' ? ' (of the page)' : ''} ${how}
    <span class="soft">${formatOffset(one.at_ms)} · ${formatLatency(one.latency_ms)}</span>
    ${
      hasMore
        ? html`<details>
            <summary>Arguments and answer</summary>
            <pre class="mono" tabindex="0">
${asJson(one.arguments)}
→ ${asJson(one.answer)}</pre>
          </details>`
        : ''
    }
  </li>`;
}

function asJson(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value, null, 2);
}

function transferRow(one: CallTransfer): TemplateResult {
  const how =
    one.status === 'completed' ? '' : ` failed${one.error === null ? '' : `: ${one.error}`}`;
  return html`<li>
    ${partyName(one.from)} → <strong>${partyName(one.to)}</strong>${how}
    <span class="soft">${formatOffset(one.at_ms)}</span>
    ${one.reason === null ? '' : html`<p dir="auto">${one.reason}</p>`}
  </li>`;
}

function partyName({ agent_name, agent_id, agent_version_number: number }: CallTransfer['to']) {
  return `${agent_name ?? agent_id}${number === null ? '' : ` v${number}`}`;
}

const STAGES = {
  'Whole answer': 'total_ms',
  'End of turn': 'end_of_turn_ms',
  'Speech to text': 'stt_ms',
  'Language model': 'llm_ms',
  Voice: 'tts_ms',
} as const;

function latencyView({ latency, audio_cache: cache }: Call): TemplateResult | '' {
  if (!latency && !cache) return '';
  const stages = Object.entries(STAGES).map(([name, stage]) => {
    const figures = latency?.[stage];
    if (!figures) return [name, null];
    const { p50, p90, p99 } = figures;
    return [name, `${formatLatency(p50)} · p90 ${formatLatency(p90)} · p99 ${formatLatency(p99)}`];
  });
  const kept = cache?.enabled ? `${cache.hits} of ${cache.lookups} sentences` : null;
  return card(
    'Latency',
    table({ ...(Object.fromEntries(stages) as object), 'From the audio cache': kept }),
  );
}

type Connection = NonNullable<NonNullable<Call['client']>['connection']>;

function connectionView(one: Connection): TemplateResult {
  const spread = (figures: Connection['rtt_ms'], unit: string): string | null =>
    figures &&
    `${round(figures.p50)} ${unit} · p90 ${round(figures.p90)} · most ${round(figures.max)}`;
  return card(
    'Connection',
    html`<p class="soft">As the caller's device measured it.</p>
      ${table({
        'Round trip': spread(one.rtt_ms, 'ms'),
        Jitter: spread(one.jitter_ms, 'ms'),
        'Lost packets': spread(one.packet_loss_percent, '%'),
        Codec: one.codec,
        Way: [one.candidate_type, one.protocol].filter(Boolean).join(', '),
      })}`,
  );
}

function round(value: number): string {
  return (Math.round(value * 10) / 10).toLocaleString();
}

function usageView({ usage, cost }: Call): TemplateResult {
  const used = (usage?.providers ?? []).map((one) => [nameOf(one), amountOf(one)]);
  const unpriced = cost?.parts.filter(({ price }) => price === null) ?? [];
  const names = [...new Set(unpriced.map(nameOf))].join(', ');
  return card(
    'Usage and cost',
    table({
      ...(Object.fromEntries(used) as object),
      Cost: cost && formatMoney(cost.total, cost.currency),
      'Without a price': names,
    }),
  );
}

function nameOf({ provider, model }: { provider: string; model: string | null }): string {
  return model === null ? provider : `${provider} ${model}`;
}

function amountOf(one: ProviderUsage): string {
  const figures = {
    speech: one.speech_ms === undefined ? undefined : formatLength(one.speech_ms),
    'tokens in': one.input_tokens?.toLocaleString(),
    'tokens out': one.output_tokens?.toLocaleString(),
    characters: one.characters?.toLocaleString(),
  };
  return Object.entries(figures)
    .flatMap(([name, value]) => (value === undefined ? [] : [`${value} ${name}`]))
    .join(' · ');
}
