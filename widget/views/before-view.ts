/** The views of the card before a call: the hint for the developer, and the question of consent. */
import { html, type TemplateResult } from 'lit';
import { warningIcon } from '../icons.js';
import type { ViewActions, ViewModel } from './view-model.js';

/** For the developer of the page: what is missing or wrong, and how to mend it. */
export function hintView({ texts, problem }: ViewModel): TemplateResult {
  return html`
    <div class="hint" part="hint" role="note">
      ${warningIcon}
      <div>
        <strong>${texts.hintTitle}</strong>
        <p lang="en">${problem?.message}</p>
        ${problem && problem.remedy !== problem.message ? html`<p lang="en">${problem.remedy}</p>` : ''}
      </div>
    </div>
  `;
}

/** The question of consent; agreeing starts the call. */
export function consentView(
  { texts, consentText }: ViewModel,
  actions: ViewActions,
): TemplateResult {
  return html`
    <div class="panel" part="consent">
      <h2 class="title" id="consent-title">${texts.consentTitle}</h2>
      <p class="consent-text" id="consent-text" tabindex="0">${consentText}</p>
      <div class="row">
        <button class="quiet" part="decline" type="button" @click=${actions.close}>
          ${texts.decline}
        </button>
        <button
          class="primary"
          part="agree"
          type="button"
          data-primary
          aria-describedby="consent-text"
          @click=${actions.agree}
        >
          ${texts.agree}
        </button>
      </div>
    </div>
  `;
}
