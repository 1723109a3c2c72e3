/** The views after a call: it has ended, or it has failed. */
import { html, nothing, type TemplateResult } from 'lit';
import { formatDuration } from '../format-duration.js';
import { warningIcon } from '../icons.js';
import { refusedBy } from '../refused-by.js';
import type { Texts } from '../texts/texts.js';
import { errorText } from './error-text.js';
import { detailsView } from './details-view.js';
import { ratingView } from './rating-view.js';
import { nextSteps } from './recovery-view.js';
import { textBox } from './text-box.js';
import { transcriptView } from './transcript-view.js';
import type { ViewActions, ViewModel } from './view-model.js';

/**
 * The call has ended without an error: why, how long it lasted, and a button to call again, which does not take the focus:
 * nobody calls again who presses Enter twice to hang up.
 */
export function endedView(model: ViewModel, actions: ViewActions): TemplateResult {
  const { state, texts } = model;
  if (state.status !== 'ended') return html``;
  return html`
    <div class="panel" part="ended" tabindex="-1" data-primary>
      <div class="heading">
        <h2 class="title">${texts.ended}</h2>
        ${state.durationMs > 0 ? length(texts, state.durationMs) : nothing}
      </div>
      <p class="soft">${texts.endReasons[state.endReason]}</p>
    </div>
    ${ratingView(model, actions)} ${model.transcript.length > 0 ? transcriptView(model) : nothing}
    ${model.draft ? textBox(model, actions) : nothing}
    <div class="row actions">
      <button class="quiet" part="close" type="button" @click=${actions.close}>
        ${texts.close}
      </button>
      <button class="primary" part="call-again" type="button" @click=${actions.start}>
        ${texts.callAgain}
      </button>
    </div>
  `;
}

/** Where a call without one is of use. */
const NO_MICROPHONE: readonly string[] = [
  'microphone_not_found',
  'microphone_in_use',
  'microphone_failed',
];

/** The call has failed, or could not start: what happened and what to do. */
export function failedView(model: ViewModel, actions: ViewActions): TemplateResult {
  const { state, texts, waitMs } = model;
  if (state.status !== 'failed') return html``;
  const { error } = state;
  const { message, remedy } = errorText(error, texts);
  const isPages = error.code === 'microphone_denied' && refusedBy(error) === 'page';
  const again = error.retryable || (error.fault === 'user' && !isPages);
  return html`
    <div class="panel trouble" part="error" role="alert" tabindex="-1">
      ${warningIcon}
      <div>
        <h2 class="title">${texts.failed}</h2>
        <p lang=${message.lang}>${message.text}</p>
        ${nextSteps(model, error, remedy)}
        <p class="code">${error.code}</p>
      </div>
    </div>
    ${detailsView(model, actions)} ${model.transcript.length > 0 ? transcriptView(model) : nothing}
    ${model.draft ? textBox(model, actions) : nothing}
    ${
      model.mayType && NO_MICROPHONE.includes(error.code)
        ? html`<div class="row">
            <button class="quiet" part="type-instead" type="button" @click=${actions.startTyping}>
              ${texts.typeInstead}
            </button>
          </div>`
        : nothing
    }
    <div class="row actions">
      <button
        class="quiet"
        part="close"
        type="button"
        ?data-primary=${!again}
        @click=${actions.close}
      >
        ${texts.close}
      </button>
      ${
        again
          ? html`<button
              class="primary"
              part="retry"
              type="button"
              data-primary
              aria-disabled=${waitMs > 0 ? 'true' : 'false'}
              @click=${waitMs > 0 ? nothing : actions.start}
            >
              ${texts.tryAgain}
              ${
                waitMs > 0
                  ? html`<span class="timer" aria-hidden="true"
                      >${formatDuration(waitMs + 999)}</span
                    >`
                  : nothing
              }
            </button>`
          : nothing
      }
    </div>
  `;
}

function length(texts: Texts, ms: number): TemplateResult {
  return html`<span class="timer" part="timer">
    <span class="sr">${texts.duration}</span> ${formatDuration(ms)}
  </span>`;
}
