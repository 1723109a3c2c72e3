/** What a call has in more than one size: the orb, what the agent is doing, the time, mute and hang up. */
import { html, nothing, type TemplateResult } from 'lit';
import { isLive } from '../../sdk/state/reduce-call.js';
import { formatDuration } from '../format-duration.js';
import { hangUpIcon, microphoneIcon, mutedIcon } from '../icons.js';
import type { ViewActions, ViewModel } from './view-model.js';

/** The animated picture of the agent, or the page's own with the same rings around it. */
export function orb({ state }: ViewModel): TemplateResult {
  const mood = state.status === 'active' ? state.agentState : state.status;
  return html`<div class="orb ${mood}" part="orb" aria-hidden="true">
    <i></i><i></i><slot name="avatar"><b></b></slot>
  </div>`;
}

/** What is going on. */
export function headline(model: ViewModel): TemplateResult {
  return html`<strong class="state" part="agent-state">${sentence(model)}</strong>`;
}

function sentence({ state, texts }: ViewModel): string {
  switch (state.status) {
    case 'starting':
      return texts.stages[state.stage];
    case 'active':
      return texts.agentStates[state.agentState];
    case 'reconnecting':
      return texts.reconnecting;
    default:
      return texts.ending;
  }
}

/** The time, once the agent has answered. */
export function timer({ state, texts, durationMs }: ViewModel): TemplateResult | typeof nothing {
  if (!isLive(state)) return nothing;
  return html`<span class="timer" part="timer" role="timer" aria-label=${texts.duration}>
    ${formatDuration(durationMs)}
  </span>`;
}

/**
 * Mutes the microphone, or unmutes it, from the first moment of a call on: what is said while it rings is recorded, too. It says what a press does, and keeps room for both, so
 * that nothing moves.
 */
export function muteButton(
  { state, texts, muted }: ViewModel,
  actions: ViewActions,
  look: 'wide' | 'only-icon' = 'wide',
): TemplateResult {
  const isIcon = look === 'only-icon';
  const mayMute = isLive(state) || state.status === 'starting';
  const label = muted ? texts.unmute : texts.mute;
  return html`
    <button
      class="quiet mute ${look} ${muted ? 'off' : ''}"
      part="mute"
      type="button"
      aria-label=${label}
      title=${isIcon ? label : nothing}
      aria-disabled=${mayMute ? 'false' : 'true'}
      @click=${mayMute ? actions.toggleMute : nothing}
    >
      ${muted ? mutedIcon : microphoneIcon}
      ${
        isIcon
          ? nothing
          : html`<span class="meter" part="meter" aria-hidden="true"
                ><i></i><i></i><i></i><i></i
              ></span>
              <span class="either"
                ><span class=${muted ? 'other' : ''}>${texts.mute}</span
                ><span class=${muted ? '' : 'other'}>${texts.unmute}</span></span
              >`
      }
    </button>
  `;
}

/** Ends the call, or cancels its start. `besides`: what else is on it. */
export function hangUpButton(
  { state, texts }: ViewModel,
  actions: ViewActions,
  look: 'wide' | 'only-icon' | 'call-button' = 'wide',
  besides: unknown = nothing,
): TemplateResult {
  const label = state.status === 'starting' ? texts.cancel : texts.hangUp;
  const isIcon = look === 'only-icon';
  return html`
    <button
      class="danger hang-up ${look}"
      part="hang-up"
      type="button"
      ?data-primary=${look === 'call-button'}
      aria-label=${isIcon ? label : nothing}
      title=${isIcon ? label : nothing}
      aria-disabled=${state.status === 'ending' ? 'true' : 'false'}
      @click=${actions.end}
    >
      ${hangUpIcon} ${isIcon ? nothing : html`<span>${label}</span>`} ${besides}
    </button>
  `;
}
