/** The views of the card before a call: the hint for the developer, and what visitors are asked. */
import { html, nothing, type TemplateResult } from 'lit';
import { warningIcon } from '../icons.js';
import { fieldView } from './field-view.js';
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

/** The form of the page, and the question of consent; the answer starts the call. Nothing of it is kept here. */
export function questionsView(
  { texts, questions }: ViewModel,
  actions: ViewActions,
): TemplateResult {
  const { fields, faults, consentText, languages } = questions;
  const labels = tagOf(languages.fields);
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    actions.answer(event.currentTarget as HTMLFormElement);
  };
  return html`
    <form class="panel" part="consent" novalidate @submit=${submit}>
      <h2 class="title" id="consent-title">${texts.consentTitle}</h2>
      ${fields.map((field, at) => fieldView(field, at, faults.get(field.name), labels, texts, actions))}
      ${
        consentText
          ? html`<p
              class="consent-text"
              id="consent-text"
              lang=${tagOf(languages.consentText)}
              tabindex="0"
              .textContent=${consentText}
            ></p>`
          : nothing
      }
      <div class="row">
        <button class="quiet" part="decline" type="button" @click=${actions.close}>
          ${texts.decline}
        </button>
        <button
          class="primary"
          part="agree"
          type="submit"
          data-primary
          aria-describedby=${consentText ? 'consent-text' : nothing}
        >
          ${consentText ? texts.agree : texts.startCall}
        </button>
      </div>
    </form>
  `;
}

function tagOf(language: string): string | typeof nothing {
  return language.replaceAll('_', '-') || nothing;
}
