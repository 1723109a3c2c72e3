/** The call as one button, which ends it. */
import { html, nothing, type TemplateResult } from 'lit';
import { formatDuration } from '../format-duration.js';
import { hangUpIcon } from '../icons.js';
import { banners } from './call-view.js';
import type { ViewActions, ViewModel } from './view-model.js';

/** What needs attention stands below it. */
export function toggleView(model: ViewModel, actions: ViewActions): TemplateResult {
  const { state, texts, durationMs } = model;
  const connected = state.status === 'active' || state.status === 'reconnecting';
  return html`
    <div class="toggle" lang=${texts.language}>
      <button
        class="call-button danger hang-up"
        part="hang-up"
        type="button"
        data-primary
        aria-disabled=${state.status === 'ending' ? 'true' : 'false'}
        @click=${actions.end}
      >
        ${hangUpIcon}
        <span>${state.status === 'starting' ? texts.cancel : texts.hangUp}</span>
        ${
          connected
            ? html`<span class="timer" part="timer">${formatDuration(durationMs)}</span>`
            : nothing
        }
      </button>
      ${banners(model, actions)}
    </div>
  `;
}
