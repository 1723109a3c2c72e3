/** What a version knows: its `knowledge`, or the sentences of its prompt. */
import type { VersionSettings } from '../../../../sdk/wire/agent.js';

/** The schema allows as many facts; a prompt may hold far more sentences. */
const MOST_FACTS = 200;
const LONGEST_FACT = 500;
/** Of a longer prompt the rest is no fact. */
const MOST_PROMPT = 200_000;
/** What a prompt tells the agent about itself is said to no caller. */
const INSTRUCTION =
  /^(you are|you're|your (name|role|job|task|goal)|be|always|never|do not|don't|keep|answer|speak|talk|act|respond|reply|greet|introduce|ask|tell|say|help|use|make sure|remember|if (the|a) (caller|customer|user|guest|client|visitor)|when (the|a) (caller|customer|user|guest|client|visitor)|please|avoid|only|mention|under no|internal|note|secret|confidential|offer|collect|gather|confirm|verify|explain|provide|thank|transfer|escalate|apologi[sz]e|refuse|decline|pretend|refer|repeat|listen|let|try to|stay (?:calm|polite|friendly|brief|on|in character)|end (?:the|every|each)|you (?:should|must|work|handle|speak|answer|represent|act|help|sound|do not|don't|will (?:act|answer|ask|be|help|receive|speak|talk))|(?:role|goal|objective|task|tone|style|persona|personality|rules?|guidelines?|format) ?:)(?!\w)/i;
/** Nor is what speaks of callers as somebody else, or of what they may not know. */
const NOT_FOR_CALLERS =
  /\b(the (caller|customer|user)s?|callers|(must|may|should) not be (told|said|shared|mentioned)|never (tell|say|mention|share|reveal)|do not (tell|say|mention|share|reveal)|confidential|internal(ly)?|secret|password|api key|token|instructions?|the (call|conversation|agent|assistant)|(this|system) prompt|your (tone|voice|answers?|replies|responses|role))\b/i;

/** In the owner's words and order. */
export function factsOf({ knowledge, prompt }: VersionSettings): string[] {
  const own = (knowledge ?? []).map((fact) => fact.trim()).filter((fact) => fact !== '');
  if (own.length > 0) return own;
  return sentencesOf(prompt.slice(0, MOST_PROMPT))
    .filter((sentence) => sentence.length <= LONGEST_FACT)
    .filter((sentence) => !INSTRUCTION.test(sentence) && !NOT_FOR_CALLERS.test(sentence))
    .slice(0, MOST_FACTS);
}

/** Headings say nothing by themselves; marks of lists and of emphasis are not said. */
function sentencesOf(text: string): string[] {
  return paragraphsOf(text)
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

/** Lines that belong together: a blank line, a heading or a mark of a list ends the one before. */
function paragraphsOf(text: string): string[] {
  const parts: string[] = [];
  let isOpen = false;
  for (const line of text.split('\n').map((one) => one.trim())) {
    const isHeading = line.startsWith('#');
    if (line === '' || isHeading) isOpen = false;
    else if (isOpen && !/^(?:[-*+]|\d{1,4}[.)])/.test(line)) {
      parts.push(`${parts.pop() ?? ''} ${line}`);
    } else {
      parts.push(line);
      isOpen = true;
    }
  }
  return parts;
}
