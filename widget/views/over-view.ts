/** The views after a call: it has ended, or it has failed. */
import { html, nothing, type TemplateResult } from 'lit';
import { ERROR_TABLE, type CallError } from '../../sdk/index.js';
import { formatDuration } from '../format-duration.js';
import { warningIcon } from '../icons.js';
import type { Texts } from '../texts/texts.js';
import { textBox } from './text-box.js';
import { transcriptView } from './transcript-view.js';
import type { ViewActions, ViewModel } from './view-model.js';

/** The call has ended without an error: why, how long it lasted, and a button to call again. */
export function endedView(model: ViewModel, actions: ViewActions): TemplateResult {
  const { state, texts } = model;
  if (state.status !== 'ended') return html``;
  return html`
    <div class="panel" part="ended" tabindex="-1">
      <div class="heading">
        <h2 class="title">${texts.ended}</h2>
        ${state.durationMs > 0 ? length(texts, state.durationMs) : nothing}
      </div>
      <p class="soft">${texts.endReasons[state.endReason]}</p>
    </div>
    ${model.transcript.length > 0 ? transcriptView(model) : nothing}
    ${model.draft ? textBox(model, actions) : nothing}
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

/** The call has failed, or could not start: what happened and what to do. */
export function failedView(model: ViewModel, actions: ViewActions): TemplateResult {
  const { state, texts } = model;
  if (state.status !== 'failed') return html``;
  const { error } = state;
  const { message, remedy } = errorText(error, texts);
  const again = error.retryable || error.fault === 'user';
  return html`
    <div class="panel trouble" part="error" role="alert" tabindex="-1">
      ${warningIcon}
      <div>
        <h2 class="title">${texts.failed}</h2>
        <p lang=${message.lang}>${message.text}</p>
        <p class="soft" lang=${remedy.lang}>${remedy.text}</p>
        <p class="code">${error.code}</p>
      </div>
    </div>
    ${model.transcript.length > 0 ? transcriptView(model) : nothing}
    ${model.draft ? textBox(model, actions) : nothing}
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

/** A sentence and the language that it is in. */
export interface Sentence {
  text: string;
  lang: string;
}

/**
 * Message and remedy for visitors, from the texts of their language. A more exact message of the error, which is
 * English, is shown only when the visitor can act on it; the owner finds it in the browser's console.
 */
export function errorText(error: CallError, texts: Texts): { message: Sentence; remedy: Sentence } {
  const english = (text: string): Sentence => ({ text, lang: 'en' });
  const translated = (text: string): Sentence => ({ text, lang: texts.language });
  if (error.reason) {
    const { message, remedy } = texts.textFaults[error.reason];
    return { message: translated(message), remedy: translated(remedy) };
  }
  const own = texts.errors[error.code];
  const { remedy } = ERROR_TABLE[error.code];
  const isExact = error.remedy !== remedy && error.fault === 'user';
  return {
    message: own ? translated(own.message) : english(error.summary),
    remedy: own && !isExact ? translated(own.remedy) : english(isExact ? error.remedy : remedy),
  };
}

function length(texts: Texts, ms: number): TemplateResult {
  return html`<span class="timer" part="timer">
    <span class="sr">${texts.duration}</span> ${formatDuration(ms)}
  </span>`;
}
