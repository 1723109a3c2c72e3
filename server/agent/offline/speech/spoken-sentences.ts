/** Cuts what an agent says into the sentences that a voice speaks one by one, for `tts.StreamAdapter`. */
import { tokenize } from '@livekit/agents';
import { sentencesOf } from './sayable/sentences-of.js';

/** From this many letters on a text that grows is looked at. */
const CONTEXT = 10;

/**
 * In the place of the framework's own, which cuts "It takes approx. | 5 minutes", "1. | Open the door" and "etc. | are here", makes
 * "plan B." a `planB.`, and loses the lines of a list.
 */
export class SpokenSentences extends tokenize.SentenceTokenizer {
  override tokenize(text: string): string[] {
    return sentencesOf(text).map(([sentence]) => sentence);
  }

  override stream(): tokenize.SentenceStream {
    return new tokenize.BufferedSentenceStream(sentencesOf, 1, CONTEXT);
  }
}
