/** The menu of microphone, speaker and volume, and the button that opens it. */
import { html, nothing, type TemplateResult } from 'lit';
import { settingsIcon } from '../icons.js';
import type { ViewActions, ViewModel } from './view-model.js';

/** The button, beside the text box. */
export function devicesButton({ texts, devices }: ViewModel, actions: ViewActions): TemplateResult {
  return html`
    <button
      class="quiet devices-button"
      part="devices-button"
      type="button"
      aria-label=${texts.devices}
      title=${texts.devices}
      aria-expanded=${devices.isOpen ? 'true' : 'false'}
      aria-controls="devices"
      @click=${actions.toggleDevices}
      @keydown=${devices.isOpen ? closesByEscape(actions) : nothing}
    >
      ${settingsIcon}
    </button>
  `;
}

/** The menu, below the text box: a list of each kind, as the system draws lists, and a slider. */
export function devicesMenu({ texts, devices }: ViewModel, actions: ViewActions): TemplateResult {
  const { microphones = [], speakers = [], microphoneId, speakerId } = devices.devices ?? {};
  const changed =
    (set: (value: string) => void) =>
    (event: Event): void =>
      set((event.currentTarget as HTMLSelectElement | HTMLInputElement).value);
  return html`
    <div
      class="devices"
      part="devices"
      id="devices"
      role="group"
      aria-label=${texts.devices}
      @keydown=${closesByEscape(actions)}
    >
      <label>
        <span>${texts.microphone}</span>
        <select part="microphone" @change=${changed(actions.setMicrophone)}>
          ${entries(microphones, microphoneId, texts.microphone)}
        </select>
      </label>
      ${
        speakers.length > 0
          ? html`<label>
              <span>${texts.speaker}</span>
              <select part="speaker" @change=${changed(actions.setSpeaker)}>
                ${entries(speakers, speakerId, texts.speaker)}
              </select>
            </label>`
          : nothing
      }
      <label>
        <span>${texts.volume}</span>
        <input
          part="volume"
          type="range"
          min="0"
          max="1"
          step="0.05"
          .value=${String(devices.volume)}
          @input=${changed((value) => actions.setVolume(Number(value)))}
        />
      </label>
    </div>
  `;
}

/** A device has no name until the browser allows the microphone. */
function entries(
  devices: readonly MediaDeviceInfo[],
  current: string | null | undefined,
  kind: string,
): TemplateResult[] {
  return devices.map(
    ({ deviceId, label }, at) => html`
      <option value=${deviceId} dir="auto" .selected=${deviceId === current}>
        ${label || `${kind} ${at + 1}`}
      </option>
    `,
  );
}

function closesByEscape({ toggleDevices }: ViewActions) {
  return (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    // A dialog of the page around the element stays open.
    event.stopPropagation();
    event.preventDefault();
    toggleDevices();
  };
}
