/** The transcript. Screen readers announce final turns; interim ones are only shown. */
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { TranscriptSegment } from '../../sdk/index.js';
import type { Texts } from '../texts/texts.js';
import type { ViewModel } from './view-model.js';

/** A log that scrolls. It can take the focus, for scrolling by keyboard. */
export function transcriptView({ transcript, texts }: ViewModel): TemplateResult {
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
        ${repeat(
          transcript,
          ({ id }) => id,
          (segment) => turn(segment, texts),
        )}
      </div>
    </div>
  `;
}

/** A turn keeps its place as it becomes final. Its words are put in anew then: what comes into a log is announced. */
function turn({ role, text, final }: TranscriptSegment, texts: Texts): TemplateResult {
  return html`
    <div
      class="turn ${role} ${final ? '' : 'interim'}"
      part="turn turn-${role} ${final ? '' : 'turn-interim'}"
      aria-live=${final ? nothing : 'off'}
    >
      ${final ? finalWords(role, text, texts) : interimWords(role, text, texts)}
    </div>
  `;
}

const speaker = (role: TranscriptSegment['role'], texts: Texts): TemplateResult =>
  html`<span class="sr">${role === 'user' ? texts.you : texts.agent}: </span>`;

/** Another template than that of the words on the way, so that none of its nodes are kept. */
const finalWords = (role: TranscriptSegment['role'], text: string, texts: Texts): TemplateResult =>
  html`${speaker(role, texts)}<bdi>${text}</bdi>`;

const interimWords = (
  role: TranscriptSegment['role'],
  text: string,
  texts: Texts,
): TemplateResult => html`${speaker(role, texts)}<bdi>${text}</bdi>`;
