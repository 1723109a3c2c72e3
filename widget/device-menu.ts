/** The menu of microphone, speaker and volume of an element. What was chosen holds for its later calls, too. */
import type { AudioDevices, WebCallOptions } from '../sdk/index.js';
import type { CallController } from './call-controller.js';
import type { DeviceChoice } from './views/view-model.js';

type Chosen = NonNullable<WebCallOptions['audio']>;

/** Asks the call; a refusal is shown as that of any other request. */
export class DeviceMenu {
  readonly #call: CallController;
  readonly #update: () => void;
  #devices: AudioDevices | null = null;
  #chosen: Chosen = {};
  #isOpen = false;

  constructor(call: CallController, update: () => void) {
    this.#call = call;
    this.#update = update;
  }

  /** What is drawn. */
  get choice(): DeviceChoice {
    return {
      isOpen: this.#isOpen,
      devices: this.#devices,
      volume: this.#chosen.volume ?? 1,
    };
  }

  /** Opens or closes it; resolves when what is in it is known. */
  async toggle(): Promise<void> {
    this.#isOpen = !this.#isOpen;
    this.#update();
    if (!this.#isOpen) return;
    await this.#call.ask(async (call) => this.take(await call.devices()));
  }

  /** The call is over. */
  close(): void {
    this.#isOpen = false;
  }

  /** The devices that there are now. */
  take(devices: AudioDevices): void {
    const canChoose = 'setSinkId' in HTMLMediaElement.prototype;
    this.#devices = { ...devices, speakers: canChoose ? devices.speakers : [] };
    this.#update();
  }

  setMicrophone(deviceId: string): void {
    void this.#choose(
      { deviceId },
      this.#call.ask((call) => call.setMicrophone(deviceId)),
    );
  }

  setSpeaker(speakerId: string): void {
    void this.#choose(
      { speakerId },
      this.#call.ask((call) => call.setSpeaker(speakerId)),
    );
  }

  setVolume(volume: number): void {
    void this.#choose(
      { volume },
      this.#call.ask(async (call) => call.setVolume(volume)),
    );
  }

  /** The options of a call with what was chosen. */
  complete(options: WebCallOptions): WebCallOptions {
    if (Object.keys(this.#chosen).length === 0) return options;
    return { ...options, audio: { ...options.audio, ...this.#chosen } };
  }

  async #choose(chosen: Chosen, taken: Promise<boolean>): Promise<void> {
    if (await taken) this.#chosen = { ...this.#chosen, ...chosen };
    this.#update();
  }
}
