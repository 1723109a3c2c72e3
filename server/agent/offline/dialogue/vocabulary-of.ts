/** What the callers of a version are likely to say, for the recogniser. */
import type { Dialogue } from '../../../../sdk/wire/dialogue.js';

/** A recognition carries it along: what is beyond is left out. */
const MOST_CHARACTERS = 100_000;

/** Its examples, its ways to say yes and no, and the words for its slots. */
export function vocabularyOf(dialogue: Dialogue): string[] {
  const choices = Object.values(dialogue.slots).flatMap((slot) =>
    Object.entries(slot.choices ?? {}).flatMap(([value, said]) => [value, ...said]),
  );
  const examples = dialogue.intents.flatMap((intent) => intent.examples);
  const sentences = [...choices, ...dialogue.yes, ...dialogue.no, ...examples];
  let characters = 0;
  return sentences.filter((sentence) => (characters += sentence.length) <= MOST_CHARACTERS);
}
