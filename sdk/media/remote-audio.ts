/** Plays the remote audio tracks by `<audio>` elements. */
import type { RemoteTrack } from './livekit.js';

/** Attaches audio tracks to the page, and removes all of them at the end. */
export class RemoteAudio {
  readonly #elements = new Map<RemoteTrack, HTMLMediaElement>();
  #volume = 1;

  add(track: RemoteTrack): void {
    if (this.#elements.has(track)) return;
    const element = track.attach();
    element.volume = this.#volume;
    // Browsers may stop an element that is not in the document.
    element.dataset.dialnexaCall = '';
    element.hidden = true;
    document.body.append(element);
    this.#elements.set(track, element);
  }

  remove(track: RemoteTrack): void {
    track.detach();
    this.#drop(this.#elements.get(track));
    this.#elements.delete(track);
  }

  setVolume(volume: number): void {
    this.#volume = volume;
    for (const element of this.#elements.values()) element.volume = volume;
  }

  removeAll(): void {
    for (const track of [...this.#elements.keys()]) this.remove(track);
  }

  #drop(element: HTMLMediaElement | undefined): void {
    if (!element) return;
    element.remove();
    element.srcObject = null;
  }
}
