/** Waits for the visitor to allow a microphone that the browser blocks. */
import { microphonePermission } from '../sdk/microphone/permission-state.js';

/** Calls `allowed` once, when the browser begins to let the page use it; returns a function that gives up waiting. */
export function whenMicrophoneAllowed(allowed: () => void): () => void {
  let isWaiting = true;
  let stop = (): void => {
    isWaiting = false;
  };
  const wait = async (): Promise<void> => {
    const status = await microphonePermission();
    if (!isWaiting || status.state === 'granted') return;
    const hear = (): void => {
      if (status.state !== 'granted') return;
      stop();
      allowed();
    };
    stop = () => status.removeEventListener('change', hear);
    status.addEventListener('change', hear);
  };
  // Not every browser knows this permission: its visitor presses a button.
  wait().catch(() => undefined);
  return () => stop();
}
