/** Copies the facts of a failed call, for the owner of the page or whoever else the visitor asks for help. */
import { html, nothing, type TemplateResult } from 'lit';
import type { ViewActions, ViewModel } from './view-model.js';

/** Beside what is announced of the failure: that is not to be read out again. */
export function detailsView({ texts, details }: ViewModel, actions: ViewActions): TemplateResult {
  const { isCopied, text } = details;
  return html`
    <div class="details">
      <button class="quiet small" part="copy-details" type="button" @click=${actions.copyDetails}>
        ${texts.copyDetails}
      </button>
      <span class="soft" role="status">${isCopied ? texts.copied : ''}</span>
    </div>
    ${
      text
        ? html`<textarea
            part="details"
            aria-label=${texts.copyDetails}
            rows="4"
            readonly
            dir="ltr"
            .value=${text}
          ></textarea>`
        : nothing
    }
  `;
}
