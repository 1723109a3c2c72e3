/** Cuts what an agent says into the sentences that a voice speaks one by one, for `tts.StreamAdapter`. */
import { tokenize } from '@livekit/agents';
import { sentencesOf } from './sayable/sentences-of.js';

/** From this many letters on a text that grows is looked at. */
const CONTEXT = 10;
/** So much is looked at anew for each character at the most, as sentences are no longer. */
const STRETCH = 400;
/** Of white space a line end, and a blank line, say more than its first character does. */
const LINE_ENDS = 2;

/**
 * In the place of the framework's own, which cuts "It takes approx. | 5 minutes", "1. | Open the door" and "etc. | are here", makes
 * "plan B." a `planB.`, and loses the lines of a list.
 */
export class SpokenSentences extends tokenize.SentenceTokenizer {
  override tokenize(text: string): string[] {
    return sentencesOf(text).map(([sentence]) => sentence);
  }

  override stream(): tokenize.SentenceStream {
    return new SentenceStream(sentencesOf, 1, CONTEXT);
  }
}

/** The framework looks at all it has with each piece: it gets small ones, and no white space without an end. */
class SentenceStream extends tokenize.BufferedSentenceStream {
  #gap = '';

  override pushText(text: string): void {
    let kept = '';
    for (const [part] of text.matchAll(/\s|\S+/g)) {
      const isSpace = part.trim() === '';
      if (isSpace && !this.#counts(part)) continue;
      this.#gap = isSpace ? this.#gap + part : '';
      kept += part;
    }
    for (let at = 0; at < kept.length; at += STRETCH) {
      super.pushText(kept.slice(at, at + STRETCH));
    }
  }

  #counts(space: string): boolean {
    return this.#gap === '' || (space === '\n' && this.#gap.split('\n').length <= LINE_ENDS);
  }
}
