/**
 * The card of a call that is starting, active, reconnecting or ending. One template for all of them, so that focus
 * stays.
 */
import { html, nothing, type TemplateResult } from 'lit';
import { formatDuration } from '../format-duration.js';
import { hangUpIcon, microphoneIcon, mutedIcon, soundIcon, warningIcon } from '../icons.js';
import { devicesButton, devicesMenu } from './devices-view.js';
import { errorText } from './error-text.js';
import { textBox } from './text-box.js';
import { transcriptView } from './transcript-view.js';
import type { ViewActions, ViewModel } from './view-model.js';

/** The card. Neither its height nor its buttons move during a call: nobody mutes who means to cancel. */
export function callView(model: ViewModel, actions: ViewActions): TemplateResult {
  const { state, texts } = model;
  const connected = state.status === 'active' || state.status === 'reconnecting';
  return html`
    <div class="stage" part="stage">
      <div class="orb ${mood(model)}" part="orb" aria-hidden="true"><i></i><i></i><b></b></div>
      <div class="stage-text">
        <strong class="state" part="agent-state">${headline(model)}</strong>
        ${besides(model)}
      </div>
      ${
        connected
          ? html`<span class="timer" part="timer" role="timer" aria-label=${texts.duration}>
              ${formatDuration(model.durationMs)}
            </span>`
          : nothing
      }
    </div>
    ${banners(model, actions)} ${model.showTranscript ? transcriptView(model) : nothing}
    ${
      connected
        ? html`<div class="typing">
            ${textBox(model, actions)} ${devicesButton(model, actions)}
          </div>`
        : html`<div class="text-box place" aria-hidden="true"></div>`
    }
    ${connected && model.devices.isOpen ? devicesMenu(model, actions) : nothing}
    <div class="row controls" part="controls">
      <button
        class="quiet mute"
        part="mute"
        type="button"
        aria-pressed=${model.muted ? 'true' : 'false'}
        aria-disabled=${connected ? 'false' : 'true'}
        @click=${connected ? actions.toggleMute : nothing}
      >
        ${model.muted ? mutedIcon : microphoneIcon}
        <span class="meter" part="meter" aria-hidden="true"><i></i><i></i><i></i><i></i></span>
        <span>${texts.mute}</span>
      </button>
      <button
        class="danger hang-up"
        part="hang-up"
        type="button"
        data-primary
        aria-disabled=${state.status === 'ending' ? 'true' : 'false'}
        @click=${actions.end}
      >
        ${hangUpIcon}
        <span>${state.status === 'starting' ? texts.cancel : texts.hangUp}</span>
      </button>
    </div>
  `;
}

/** What is going on. */
export function headline({ state, texts }: ViewModel): string {
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

function besides({ state, texts, muted }: ViewModel): unknown {
  const words = [
    state.status === 'reconnecting' ? texts.interrupted : '',
    muted ? `${texts.muted}.` : '',
  ];
  const said = words.filter(Boolean).join(' ');
  return said ? html`<span class="soft">${said}</span>` : nothing;
}

/** How the orb moves. */
export function mood({ state }: ViewModel): string {
  return state.status === 'active' ? state.agentState : state.status;
}

/** What needs attention. */
export function banners(model: ViewModel, actions: ViewActions): TemplateResult {
  const { texts, notice, audioBlocked, state, isSilent, devices } = model;
  const said = notice && notice.code !== 'audio_blocked' ? errorText(notice, texts) : null;
  return html`
    ${
      audioBlocked && state.status === 'active'
        ? html`<div class="banner" part="banner sound-banner">
            <span>${texts.soundBlocked}</span>
            <button
              class="primary small"
              part="enable-sound"
              type="button"
              @click=${actions.resumeAudio}
            >
              ${soundIcon}<span>${texts.enableSound}</span>
            </button>
          </div>`
        : nothing
    }
    ${
      isSilent && state.status === 'active'
        ? html`<div class="banner" part="banner silence-banner" role="status">
            ${warningIcon}<span>${texts.silentMicrophone}</span>
            ${
              devices.isOpen
                ? nothing
                : html`<button
                    class="quiet small"
                    part="choose-microphone"
                    type="button"
                    @click=${actions.toggleDevices}
                  >
                    ${texts.chooseMicrophone}
                  </button>`
            }
          </div>`
        : nothing
    }
    ${
      said && state.status === 'active'
        ? html`<div class="banner notice" part="banner notice" role="alert">
            ${warningIcon}<span
              ><span lang=${said.message.lang}>${said.message.text}</span>
              <span lang=${said.remedy.lang}>${said.remedy.text}</span></span
            >
          </div>`
        : nothing
    }
  `;
}
