/** Lists in LiveKit's answers. */
import { LivekitError } from './livekit-error.js';

/** The rows of a list that `method` has answered; protojson leaves out an empty one. Throws `bad_answer`. */
export function rowsIn(value: unknown, method: string): Record<string, unknown>[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw LivekitError.badAnswer(method);
  return value as Record<string, unknown>[];
}
