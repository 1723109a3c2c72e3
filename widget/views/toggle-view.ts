/** The call as one button, which ends it. */
import { html, nothing, type TemplateResult } from 'lit';
import { isLive } from '../../sdk/state/reduce-call.js';
import { formatDuration } from '../format-duration.js';
import { hangUpButton } from './call-parts.js';
import { banners } from './call-view.js';
import type { ViewActions, ViewModel } from './view-model.js';

/** What needs attention stands below it. */
export function toggleView(model: ViewModel, actions: ViewActions): TemplateResult {
  const time = isLive(model.state)
    ? html`<span class="timer" part="timer">${formatDuration(model.durationMs)}</span>`
    : nothing;
  return html`
    <div class="toggle" lang=${model.texts.language}>
      ${hangUpButton(model, actions, 'call-button', time)} ${banners(model, actions)}
    </div>
  `;
}
