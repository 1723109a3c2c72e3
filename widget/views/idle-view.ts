/** The views before a call: the call button, the hint for the developer, and the question of consent. */
import { html, type TemplateResult } from 'lit';
import { warningIcon, waveIcon } from '../icons.js';
import type { ViewActions, ViewModel } from './view-model.js';

/** The call button. */
export function idleView(model: ViewModel, actions: ViewActions): TemplateResult {
  return html`
    <button
      class="call-button primary"
      part="call-button"
      type="button"
      data-primary
      @click=${actions.start}
    >
      <slot name="icon">${waveIcon}</slot>
      <span><slot name="label">${model.label || model.texts.call}</slot></span>
    </button>
  `;
}

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
