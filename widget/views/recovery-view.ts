/** What a visitor may do after a call that has failed: never a dead end. */
import { html, nothing, type TemplateResult } from 'lit';
import { ERROR_TABLE, type CallError } from '../../sdk/index.js';
import { browserName } from '../browser-name.js';
import type { Sentence } from './error-text.js';
import type { ViewModel } from './view-model.js';

/** `remedy`: that of the error. What is more exact than the error table stays; for the rest there are better words. */
export function nextSteps(
  { texts, isFramed }: ViewModel,
  error: CallError,
  remedy: Sentence,
): TemplateResult {
  const isRefused = error.code === 'microphone_denied';
  const isByBrowser = isRefused && error.remedy === ERROR_TABLE.microphone_denied.remedy;
  const step = isByBrowser
    ? { text: texts.allowMicrophone[browserName(navigator)], lang: texts.language }
    : remedy;
  const isOwners = error.fault === 'config' && error.code !== 'insecure_context';
  const isNew = isOwners && remedy.text !== texts.tellOwner;
  return html`
    <p class="soft" lang=${step.lang}>${step.text}</p>
    ${isNew ? html`<p class="soft" lang=${texts.language}>${texts.tellOwner}</p>` : nothing}
    ${
      isByBrowser && 'permissions' in navigator
        ? html`<p class="soft" lang=${texts.language}>${texts.startsByItself}</p>`
        : nothing
    }
    ${
      isRefused && isFramed
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
