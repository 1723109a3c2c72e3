/** What was said, by whom and when. */
import { html, type TemplateResult } from 'lit';
import type { Call, TranscriptTurn } from '../../../sdk/wire/call.js';
import { formatLatency, formatLength } from '../format.js';

/** The time of a turn that was spoken plays the recording from there. */
export function turnsView(call: Call, hear: (ms: number) => void): TemplateResult {
  const hearable = call.recording.url !== null;
  return html`
    <section class="card" aria-labelledby="turns">
      <h2 id="turns">Transcript</h2>
      ${
        call.transcript.length === 0
          ? html`<p class="soft">
              ${call.sensitive_delete ? 'It was erased.' : 'Nothing was said.'}
            </p>`
          : html`<ol class="turns">
              ${call.transcript.map((turn) => turnView(turn, call, hearable, hear))}
            </ol>`
      }
    </section>
  `;
}

/** The agent's name where several spoke. */
function speakerOf({ role, agent_id }: TranscriptTurn, call: Call): string {
  if (role === 'user') return 'Caller';
  const legs = call.transfers.filter(({ status }) => status === 'completed').map(({ to }) => to);
  if (legs.length === 0) return 'Agent';
  const speaker = [call, ...legs].find((one) => one.agent_id === agent_id);
  return `Agent (${speaker?.agent_name ?? agent_id})`;
}

function turnView(
  turn: TranscriptTurn,
  call: Call,
  hearable: boolean,
  hear: (ms: number) => void,
): unknown {
  const isTyped = turn.via === 'text';
  const at = formatLength(turn.start_ms);
  const notes = [
    isTyped ? (turn.role === 'agent' ? 'written' : 'typed') : '',
    turn.latency?.total_ms != null ? `answered in ${formatLatency(turn.latency.total_ms)}` : '',
    turn.facts ? factsNote(turn.facts) : '',
    turn.intent ? `understood as ${turn.intent}` : '',
    turn.confidence !== null ? `confidence ${Math.round(turn.confidence * 100)} %` : '',
    providersOf(turn),
    turn.interrupted ? cutNote(turn, call) : '',
    turn.unverified ? 'unverified: the caller may have written it' : '',
  ].filter(Boolean);
  return html`
    <li class="turn ${turn.role}">
      <p class="turn-head">
        <strong>${speakerOf(turn, call)}</strong>
        ${
          hearable && !isTyped
            ? html`<button
                class="at"
                aria-label="Play from ${at}"
                @click=${() => hear(turn.start_ms)}
              >
                ▶ ${at}
              </button>`
            : html`<span class="soft number">${at}</span>`
        }
      </p>
      <p dir="auto">${turn.content}</p>
      ${notes.length > 0 ? html`<p class="notes soft">${notes.join(' · ')}</p>` : ''}
    </li>
  `;
}

/** What was said last when the call ended was cut off by nobody; it is over where its last sound was heard. */
function cutNote(turn: TranscriptTurn, { transcript, duration_ms }: Call): string {
  const isLast = (): boolean =>
    transcript.every((other) => other === turn || other.end_ms < turn.end_ms);
  const sinceEnd = duration_ms === null ? -Infinity : turn.end_ms - duration_ms;
  const isCutByEnd = sinceEnd >= 0 || (sinceEnd > -1_000 && isLast());
  return isCutByEnd ? 'cut off by the end of the call' : 'interrupted by the caller';
}

/** The one fact of an offline answer is the answer. */
function factsNote(facts: readonly string[]): string {
  return `from ${facts.length === 1 ? 'the fact' : 'the facts'} ${facts.map((fact) => `“${fact}”`).join(', ')}`;
}

/** Which part is meant stands with each; nothing for what nobody made, such as a typed turn. */
function providersOf({ providers }: TranscriptTurn): string {
  if (!providers) return '';
  const parts = [
    ['heard', providers.transcriber],
    ['thought', providers.llm],
    ['spoken', providers.voice],
  ];
  return parts.flatMap(([part, name]) => (name ? [`${part} by ${name}`] : [])).join(', ');
}
