/**
 * The card of a call that is starting, active, reconnecting or ending. One template for all of them, so that focus
 * stays.
 */
import { html, nothing, type TemplateResult } from 'lit';
import { isLive } from '../../sdk/state/reduce-call.js';
import { soundIcon, warningIcon } from '../icons.js';
import { hangUpButton, headline, muteButton, orb, timer } from './call-parts.js';
import { devicesButton, devicesMenu } from './devices-view.js';
import { errorText } from './error-text.js';
import { textBox } from './text-box.js';
import { transcriptView } from './transcript-view.js';
import type { ViewActions, ViewModel } from './view-model.js';

/**
 * The card. Neither its height nor its buttons move during a call: nobody mutes who means to cancel. It takes the focus
 * where no key does anything: nobody hangs up who presses Enter twice.
 */
export function callView(model: ViewModel, actions: ViewActions): TemplateResult {
  const connected = isLive(model.state);
  return html`
    <div class="stage" part="stage">
      ${orb(model)}
      <div class="stage-text" tabindex="-1" data-primary>${headline(model)} ${besides(model)}</div>
      ${timer(model)}
    </div>
    ${banners(model, actions, true)} ${model.showTranscript ? transcriptView(model) : nothing}
    ${
      connected
        ? html`<div class="typing">
            ${textBox(model, actions)} ${devicesButton(model, actions)}
          </div>`
        : html`<div class="text-box place" aria-hidden="true">${model.texts.textPlaceholder}</div>`
    }
    ${connected && model.devices.isOpen ? devicesMenu(model, actions) : nothing}
    <div class="row controls" part="controls">
      ${muteButton(model, actions)} ${hangUpButton(model, actions)}
    </div>
  `;
}

function besides({ state, texts, muted }: ViewModel): unknown {
  const words = [
    state.status === 'reconnecting' ? texts.interrupted : '',
    muted ? `${texts.muted}.` : '',
  ];
  const said = words.filter(Boolean).join(' ');
  return said ? html`<span class="soft">${said}</span>` : nothing;
}

/** What needs attention. `hasMenu`: whether the menu of the devices can be opened beside it. */
export function banners(model: ViewModel, actions: ViewActions, hasMenu = false): TemplateResult {
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
              hasMenu && !devices.isOpen
                ? html`<button
                    class="quiet small"
                    part="choose-microphone"
                    type="button"
                    @click=${actions.toggleDevices}
                  >
                    ${texts.chooseMicrophone}
                  </button>`
                : nothing
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
