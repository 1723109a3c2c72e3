/** What recognisers of whole utterances find too late for the framework, which stops listening when it closes a session. */
import type { stt } from '@livekit/agents';
import { LATE, within } from './within.js';

/** Words of a caller, and how sure of them the recogniser is, 0 to 1. */
export interface RecognisedWords {
  text: string;
  confidence: number | undefined;
}

/** Of one call. */
export class LastWords {
  /** The oldest first. */
  readonly #open = new Set<Promise<RecognisedWords | null>>();
  #kept: Promise<RecognisedWords | null>[] | null = null;

  /** One more utterance is being recognised. */
  follow(recognition: Promise<stt.SpeechEvent>): void {
    const words = recognition.then(wordsOf, () => null);
    this.#kept?.push(words);
    this.#open.add(words);
    void words.then(() => this.#open.delete(words));
  }

  /** From now on, and with what is under way, everything is kept until it is asked for. */
  keep(): void {
    this.#kept = [...this.#open];
  }

  /** What was kept and has come by then, in the order in which it was said; `ms` milliseconds are waited at most. */
  async take(ms: number): Promise<RecognisedWords[]> {
    const all = await Promise.all((this.#kept ?? []).map((words) => within(words, ms)));
    return all.flatMap((words) => (words === LATE || words === null ? [] : [words]));
  }
}

function wordsOf({ alternatives }: stt.SpeechEvent): RecognisedWords | null {
  const [best] = alternatives ?? [];
  return best?.text.trim() ? { text: best.text.trim(), confidence: best.confidence } : null;
}
