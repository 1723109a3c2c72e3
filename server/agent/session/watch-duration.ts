/** The longest duration of a call: that of the version that speaks, counted from where the call began, whoever spoke then. */
import type { Speaker, Speaking } from './speaking.js';

/** Calls once when it is reached; answers what stops the watch. */
export function watchDuration(
  speaking: Pick<Speaking<Pick<Speaker, 'settings'>>, 'follow'>,
  reached: () => void,
): () => void {
  const since = Date.now();
  let timer: NodeJS.Timeout | undefined;
  const unfollow = speaking.follow(({ settings }) => {
    clearTimeout(timer);
    const endsAt = since + settings.max_call_duration_sec * 1000;
    timer = setTimeout(reached, Math.max(0, endsAt - Date.now()));
  });
  return () => {
    unfollow();
    clearTimeout(timer);
  };
}
