/** The recording, the route that chose the version, and what the call carried. */
import { html, type TemplateResult } from 'lit';
import type { Call } from '../../../sdk/wire/call.js';
import { formatLength, formatMoment } from '../format.js';
import { CHOSEN_WORDS } from '../words.js';
import { table } from './facts-table.js';

/** `readSnapshot` is asked once the operator wants to see the version, `renewLink` when the recording's link opens nothing. */
export function evidenceView(
  call: Call,
  snapshot: string,
  readSnapshot: () => void,
  renewLink: () => void,
): TemplateResult {
  const { route, consent } = call;
  return html`
    <section class="card" aria-labelledby="recording">
      <h2 id="recording">Recording</h2>
      ${recordingView(call, renewLink)}
    </section>
    <section class="card" aria-labelledby="route">
      <h2 id="route">Route</h2>
      ${table({
        Version: `${call.agent_name} v${call.agent_version_number} ${call.agent_version_title ?? ''}`,
        'Chosen by': CHOSEN_WORDS[route.chosen_by],
        Key: route.api_key_name
          ? `${route.api_key_name} (${route.api_key_kind ?? 'unknown'}, ${route.api_key_id ?? ''})`
          : route.api_key_id,
        Origin: route.origin,
        Page: route.page_url,
        Locale: route.locale,
        Kind: route.text_only ? 'typed only' : null,
        'Started through': call.entry_point,
        'Entry point': route.entry_point,
        Browser: route.user_agent,
        'Version id': call.agent_version_id,
        Trace: call.trace_id,
      })}
      <details @toggle=${readSnapshot}>
        <summary>Version snapshot</summary>
        <pre class="mono" tabindex="0">${snapshot || 'Loading…'}</pre>
      </details>
    </section>
    ${carried('Variables', call.variables)} ${carried('Metadata', call.metadata)}
    ${
      consent
        ? html`<section class="card" aria-labelledby="consent">
            <h2 id="consent">Consent</h2>
            <blockquote dir="auto">${consent.text}</blockquote>
            ${table({
              Accepted: formatMoment(consent.accepted_at),
              "By the visitor's clock": consent.client_accepted_at
                ? formatMoment(consent.client_accepted_at)
                : null,
              Version: consent.version,
              Language: consent.locale,
              'SHA-256 of the text': consent.text_sha256,
            })}
          </section>`
        : ''
    }
  `;
}

function recordingView({ recording, ended_at }: Call, renewLink: () => void): TemplateResult {
  if (recording.status === 'recording') {
    const words = ended_at ? 'Its last seconds are on their way.' : 'It is being recorded.';
    return html`<p class="soft">${words}</p>`;
  }
  if (recording.status === 'erased') return html`<p class="soft">It was erased.</p>`;
  if (!recording.url) return html`<p class="soft">There is none.</p>`;
  return html`
    <audio
      controls
      preload="metadata"
      src=${recording.url}
      aria-label="Recording"
      @error=${renewLink}
    ></audio>
    <p class="soft">
      ${formatLength(recording.duration_ms)} · left the caller, right the agent ·
      <a href=${recording.url} download>Download</a>
    </p>
  `;
}

function carried(title: string, values: Record<string, unknown>): TemplateResult | '' {
  if (Object.keys(values).length === 0) return '';
  return html`<section class="card" aria-label=${title}>
    <h2>${title}</h2>
    ${table(values)}
  </section>`;
}
