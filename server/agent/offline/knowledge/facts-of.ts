/** What a version knows: its `knowledge`, or the sentences of its prompt. */
import type { VersionSettings } from '../../../../sdk/wire/agent.js';

/** The schema allows as many facts; a prompt may hold far more sentences. */
const MOST_FACTS = 200;
const LONGEST_FACT = 500;
/** What a prompt tells the agent about itself is said to no caller. */
const INSTRUCTION =
  /^(you are|you're|your (name|role|job|task|goal)|be|always|never|do not|don't|keep|answer|speak|talk|act|respond|reply|greet|introduce|ask|tell|say|help|use|make sure|remember|if (the|a) (caller|customer|user|guest|client|visitor)|when (the|a) (caller|customer|user|guest|client|visitor))\b/i;

/** In the owner's words and order. */
export function factsOf({ knowledge, prompt }: VersionSettings): string[] {
  const own = (knowledge ?? []).map((fact) => fact.trim()).filter((fact) => fact !== '');
  if (own.length > 0) return own;
  return sentencesOf(prompt)
    .filter((sentence) => sentence.length <= LONGEST_FACT && !INSTRUCTION.test(sentence))
    .slice(0, MOST_FACTS);
}

/** Headings say nothing by themselves; marks of lists and of emphasis are not said. */
function sentencesOf(text: string): string[] {
  return text
    .split(/\n\s*\n|\n(?=\s*(?:[-*+#]|\d+[.)])\s*)|(?<=^#.*)\n/m)
    .filter((part) => !/^\s*#/.test(part))
    .map((part) =>
      part
        .replace(/^\s*(?:[-*+]|\d+[.)])\s+/, '')
        .replaceAll(/\*\*|__|`/g, '')
        .replaceAll(/\s+/g, ' ')
        .trim(),
    )
    .flatMap((part) =>
      part.split(/(?<=[.!?]["')]?)(?<!\b(?:Dr|Mr|Mrs|Ms|St|No|Prof)\.)\s+(?=[A-Z0-9"'])/),
    )
    .filter((sentence) => /[a-z0-9]/i.test(sentence));
}
