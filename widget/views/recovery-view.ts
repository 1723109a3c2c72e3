/** What a visitor may do after a call that has failed: never a dead end. */
import { html, nothing, type TemplateResult } from 'lit';
import type { CallError } from '../../sdk/index.js';
import { browserName } from '../browser-name.js';
import { refusedBy } from '../refused-by.js';
import type { Texts } from '../texts/texts.js';
import { aboutWhen } from './about-when.js';
import type { Sentence } from './error-text.js';
import type { ViewModel } from './view-model.js';

/** `remedy`: that of the error, for which there are better words where the microphone is refused. */
export function nextSteps(
  { texts, isFramed, waitMs }: ViewModel,
  error: CallError,
  remedy: Sentence,
): TemplateResult {
  const refuser = error.code === 'microphone_denied' ? refusedBy(error) : null;
  const own = refuser ? howToAllow(texts)[refuser] : waitFor(waitMs, texts);
  const step = own ? { text: own, lang: texts.language } : remedy;
  return html`
    <p class="soft" lang=${step.lang}>${step.text}</p>
    ${
      refuser === 'visitor' && 'permissions' in navigator
        ? html`<p class="soft" lang=${texts.language}>${texts.startsByItself}</p>`
        : nothing
    }
    ${
      refuser && isFramed
        ? html`<p class="soft" lang=${texts.language}>
            ${texts.framed}
            <a part="open-alone" href=${location.href} target="_blank" rel="noopener">
              ${texts.openAlone}</a
            >
          </p>`
        : nothing
    }
  `;
}

/** Empty: there is nothing to wait for, or the texts of a page have no words for it. */
function waitFor(ms: number, { tryAgainIn, language }: Texts): string {
  return ms > 0 && tryAgainIn ? tryAgainIn.replace('{time}', aboutWhen(ms, language)) : '';
}

function howToAllow({ allowMicrophone, allowInSystem, tellOwner }: Texts) {
  return {
    visitor: allowMicrophone[browserName(navigator)],
    system: allowInSystem,
    page: tellOwner,
  };
}
