/** A player that is given another address of the same recording. */

/** Before its address changes: once the new one is read, it is where it was, and plays if it did. */
export function goOnWhereItWas(audio: HTMLAudioElement): void {
  const { currentTime, paused, ended } = audio;
  const goOn = (): void => {
    audio.currentTime = currentTime;
    if (!paused && !ended) void audio.play().catch(() => undefined);
  };
  audio.addEventListener('loadedmetadata', goOn, { once: true });
}
