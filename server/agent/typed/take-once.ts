/** Takes a text once, however often it comes: a page that has lost its connection cannot know whether it came. */
import { z } from 'zod';
import type { TextRefusal } from '../../../sdk/wire/typed-text.js';
import { refusal } from '../caller/answer-caller.js';
import type { TextGate } from './text-gate.js';

/** More than a call may have texts; of one that sends more the oldest are forgotten. */
const MOST_IDS = 250;
const numbered = z.object({ id: z.string().min(1).max(64), text: z.string() });

/** Gives texts to `gate`, and to who sends one again what was answered to it. Throws a refusal of what is no such message. */
export function takeOnce(
  gate: Pick<TextGate, 'give'>,
): (payload: string) => Promise<TextRefusal | null> {
  const outcomes = new Map<string, Promise<TextRefusal | null>>();
  return (payload) => {
    const { id, text } = read(payload);
    const known = outcomes.get(id);
    if (known) return known;
    const outcome = gate.give(text);
    outcomes.set(id, outcome);
    const [oldest] = outcomes.keys();
    if (outcomes.size > MOST_IDS && oldest !== undefined) outcomes.delete(oldest);
    return outcome;
  };
}

function read(payload: string): z.infer<typeof numbered> {
  try {
    return numbered.parse(JSON.parse(payload));
  } catch {
    throw refusal('not_supported');
  }
}
