/** How much a caller may type. Held here, since a caller writes to the room with whatever program it likes. */
import type { TextRefusal } from '../../../sdk/wire/typed-text.js';
import { Credit } from '../caller/credit.js';

/** Of one text, in UTF-16 units. The SDK's own check and the widget's box say the same. */
export const LONGEST_TEXT = 2_000;
/** So many at once, and then one in so many milliseconds. */
const BURST = 5;
const EVERY_MS = 2_000;
/** In one call. */
const MOST_TEXTS = 200;
const MOST_UNITS = 100_000;

/** Counts what one caller types in one call. */
export class TextLimits {
  #texts = 0;
  #units = 0;
  readonly #credit = new Credit(BURST, EVERY_MS);

  /** `null` when a text of that length may be taken, which then counts. `now`: milliseconds of a clock that only runs on. */
  take(length: number, now: number): TextRefusal | null {
    if (length > LONGEST_TEXT) return 'too_long';
    if (this.#texts >= MOST_TEXTS || this.#units + length > MOST_UNITS) return 'too_many';
    if (!this.#credit.take(now)) return 'too_fast';
    this.#texts += 1;
    this.#units += length;
    return null;
  }
}
