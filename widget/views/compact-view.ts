/** The call in one line: what the agent is doing, the time, mute and hang up. */
import { html, nothing, type TemplateResult } from 'lit';
import { formatDuration } from '../format-duration.js';
import { expandIcon, hangUpIcon, microphoneIcon, mutedIcon } from '../icons.js';
import { banners, headline, mood } from './call-view.js';
import type { ViewActions, ViewModel } from './view-model.js';

/** A dialog that was put away may be opened again; Enter must then not hang up. */
export function compactView(model: ViewModel, actions: ViewActions): TemplateResult {
  const { state, texts, muted, isMinimised } = model;
  const connected = state.status === 'active' || state.status === 'reconnecting';
  return html`
    <div class="line" part="stage">
      <div class="orb ${mood(model)}" part="orb" aria-hidden="true"><i></i><i></i><b></b></div>
      <div class="stage-text">
        <strong class="state" part="agent-state">${headline(model)}</strong>
        ${
          connected
            ? html`<span class="timer" part="timer" role="timer" aria-label=${texts.duration}>
                ${formatDuration(model.durationMs)}
              </span>`
            : nothing
        }
      </div>
      <div class="line" part="controls">
        ${
          isMinimised
            ? html`<button
                class="quiet only-icon"
                part="expand"
                type="button"
                data-primary
                aria-label=${texts.expand}
                @click=${actions.expand}
              >
                ${expandIcon}
              </button>`
            : nothing
        }
        <button
          class="quiet mute only-icon"
          part="mute"
          type="button"
          aria-label=${texts.mute}
          aria-pressed=${muted ? 'true' : 'false'}
          aria-disabled=${connected ? 'false' : 'true'}
          @click=${connected ? actions.toggleMute : nothing}
        >
          ${muted ? mutedIcon : microphoneIcon}
        </button>
        <button
          class="danger hang-up only-icon"
          part="hang-up"
          type="button"
          ?data-primary=${!isMinimised}
          aria-label=${state.status === 'starting' ? texts.cancel : texts.hangUp}
          aria-disabled=${state.status === 'ending' ? 'true' : 'false'}
          @click=${actions.end}
        >
          ${hangUpIcon}
        </button>
      </div>
    </div>
    ${banners(model, actions)}
  `;
}
