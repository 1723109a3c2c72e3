/** Gathers the keys that a caller presses, on the page or on a phone, into one input. */
import type { VersionSettings } from '../../../sdk/wire/agent.js';

const KEY = /^[0-9*#A-D]$/;
const NEXT_KEY_SEC = 2;
const MOST_KEYS = 50;
/** The key that ends an input may be in the middle of what was sent in one go. */
const LAST_KEY_MS = 100;

type KeySettings = Pick<
  VersionSettings,
  'listen_for_keypad' | 'keypad_timeout_sec' | 'termination_key' | 'digit_limit'
>;

/** The keys of one call. */
export interface KeyInput {
  press(key: string): void;
  /** What was pressed is an input now: something else follows it. */
  finish(): void;
  stop(): void;
}

/** `settings` are those of the version that speaks; `pressed` is told of each input, as the keys in their order. */
export function gatherKeys(settings: () => KeySettings, pressed: (keys: string) => void): KeyInput {
  let keys = '';
  let timer: NodeJS.Timeout | undefined;

  function finish(): void {
    clearTimeout(timer);
    const input = keys;
    keys = '';
    if (input !== '') pressed(input);
  }

  return {
    press(key) {
      const {
        listen_for_keypad: listens = true,
        termination_key: last = '#',
        keypad_timeout_sec: seconds = NEXT_KEY_SEC,
        digit_limit: most = MOST_KEYS,
      } = settings();
      if (!listens || !KEY.test(key)) return;
      keys += key;
      clearTimeout(timer);
      if (keys.length >= most) finish();
      else timer = setTimeout(finish, key === last ? LAST_KEY_MS : seconds * 1_000);
    },
    finish,
    stop: () => clearTimeout(timer),
  };
}
