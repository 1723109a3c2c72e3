/** The call in words, and what stands out in it. */
import { html, type TemplateResult } from 'lit';
import type { Call, Finding } from '../../../sdk/wire/call.js';
import { formatLength } from '../format.js';
import { SEVERITY_WORDS } from '../words.js';

/** In the language that the server chose. The moment of a finding plays the recording from there. */
export function explanationView(call: Call, hear: (ms: number) => void): TemplateResult {
  const { headline, sentences, findings, language } = call.explanation;
  const hearable = call.recording.url !== null;
  return html`
    <div lang=${language}>
      <p class="why">
        ${headline}
        ${call.end_reason ? html`<span class="mono soft">${call.end_reason}</span>` : ''}
      </p>
      <p class="told">${sentences.join(' ')}</p>
      ${
        findings.length > 0
          ? html`<ul class="findings" aria-label="Findings">
              ${findings.map((finding) => findingView(finding, hearable, hear))}
            </ul>`
          : ''
      }
    </div>
  `;
}

function findingView(finding: Finding, hearable: boolean, hear: (ms: number) => void): unknown {
  const { code, severity, text, remedy, at_ms } = finding;
  return html`
    <li class="finding ${severity}">
      <span class="severity" lang="en">${SEVERITY_WORDS[severity]}</span>
      <div>
        ${at_ms === null ? '' : momentView(at_ms, hearable, hear)}
        <p dir="auto">${text}</p>
        <p class="remedy soft">${remedy} <span class="mono">${code}</span></p>
      </div>
    </li>
  `;
}

function momentView(ms: number, hearable: boolean, hear: (ms: number) => void): TemplateResult {
  const at = formatLength(ms);
  if (!hearable) return html`<span class="at soft number">${at}</span>`;
  return html`<button class="at" lang="en" aria-label="Play from ${at}" @click=${() => hear(ms)}>
    ▶ ${at}
  </button>`;
}
