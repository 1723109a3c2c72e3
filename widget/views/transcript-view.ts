/** The transcript. Screen readers announce final turns; interim ones are only shown. */
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { TranscriptSegment } from '../../sdk/index.js';
import type { Texts } from '../texts/texts.js';
import type { ViewModel } from './view-model.js';

/** A log that scrolls. It can take the focus, for scrolling by keyboard. */
export function transcriptView({ transcript, texts }: ViewModel): TemplateResult {
  const done = transcript.filter((segment) => segment.final);
  const open = transcript.filter((segment) => !segment.final);
  return html`
    <div
      class="transcript"
      part="transcript"
      role="group"
      aria-label=${texts.conversation}
      tabindex="0"
    >
      ${transcript.length === 0 ? html`<p class="soft empty">${texts.conversationEmpty}</p>` : nothing}
      <div class="turns" role="log" aria-live="polite" aria-label=${texts.conversation}>
        ${turns(done, texts)}
      </div>
      <div class="turns" aria-live="off">${turns(open, texts)}</div>
    </div>
  `;
}

function turns(segments: TranscriptSegment[], texts: Texts): unknown {
  return repeat(
    segments,
    (segment) => segment.id,
    ({ role, text, final }) => html`
      <div
        class="turn ${role} ${final ? '' : 'interim'}"
        part="turn turn-${role} ${final ? '' : 'turn-interim'}"
      >
        <span class="sr">${role === 'user' ? texts.you : texts.agent}: </span><bdi>${text}</bdi>
      </div>
    `,
  );
}
