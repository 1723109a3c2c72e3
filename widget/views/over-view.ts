/** What is shown when a call is over: why, and how to go on. */
import { html, nothing, type TemplateResult } from 'lit';
import type { CallError } from '../../sdk/index.js';
import { formatDuration } from '../format-duration.js';
import { warningIcon } from '../icons.js';
import type { Texts } from '../texts/texts.js';
import { transcriptView } from './transcript-view.js';
import type { ViewActions, ViewModel } from './view-model.js';

/** The call went as calls go. */
export function endedView(model: ViewModel, actions: ViewActions): TemplateResult {
  const { state, texts } = model;
  if (state.status !== 'ended') return html``;
  return html`
    <div class="panel" part="ended">
      <div class="heading">
        <h2 class="title">${texts.ended}</h2>
        ${state.durationMs > 0 ? length(texts, state.durationMs) : nothing}
      </div>
      <p class="soft">${texts.endReasons[state.endReason]}</p>
    </div>
    ${model.transcript.length > 0 ? transcriptView(model) : nothing}
    <div class="row actions">
      <button class="quiet" part="close" type="button" @click=${actions.close}>
        ${texts.close}
      </button>
      <button class="primary" part="call-again" type="button" data-primary @click=${actions.start}>
        ${texts.callAgain}
      </button>
    </div>
  `;
}

/** The call broke, or could not be made. */
export function failedView(model: ViewModel, actions: ViewActions): TemplateResult {
  const { state, texts } = model;
  if (state.status !== 'failed') return html``;
  const { error } = state;
  const { message, remedy } = errorText(error, texts);
  const again = error.retryable || error.fault === 'user';
  return html`
    <div class="panel trouble" part="error" role="alert">
      ${warningIcon}
      <div>
        <h2 class="title">${texts.failed}</h2>
        <p>${message}</p>
        <p class="soft">${remedy}</p>
        <p class="code">${error.code}</p>
      </div>
    </div>
    ${model.transcript.length > 0 ? transcriptView(model) : nothing}
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
              @click=${actions.start}
            >
              ${texts.tryAgain}
            </button>`
          : nothing
      }
    </div>
  `;
}

/** The sentences for a visitor. */
export function errorText(error: CallError, texts: Texts): { message: string; remedy: string } {
  return texts.errors[error.code] ?? { message: error.summary, remedy: error.remedy };
}

function length(texts: Texts, ms: number): TemplateResult {
  return html`<span class="timer" part="timer">
    <span class="sr">${texts.duration}</span> ${formatDuration(ms)}
  </span>`;
}
