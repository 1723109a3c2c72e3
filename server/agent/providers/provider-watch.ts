/** Who answers in a call, who fails, and what then becomes of the call. */
import type { llm } from '@livekit/agents';
import type { TurnProviders } from '../../../sdk/wire/call.js';
import type { ProviderPart } from '../../environment/compatible-servers.js';
import { cutText } from '../report/cut-text.js';
import { UsageMeter } from '../report/usage-meter.js';
import type { Recognition } from '../tracing/call-spans.js';
import { LastWords } from './last-words.js';

const PART_WORDS: Readonly<Record<ProviderPart, string>> = {
  transcriber: 'Speech to text',
  llm: 'The language model',
  voice: 'The voice',
};
/** Of a voice that fails nothing is heard at all, an apology neither. */
const MOST_FAILURES: Readonly<Record<ProviderPart, number>> = { transcriber: 3, llm: 3, voice: 2 };
const LONGEST_REASON = 300;
/** An interrupted answer is told after the next one has begun: so many are kept, and compared by so much of their beginning. */
const MOST_ANSWERS = 8;
const COMPARED = 60;

/** What a model has answered so far; the words of a turn are its beginning. */
export interface ModelAnswer {
  name: string | null;
  text: string;
}

/** What comes of what providers do. */
export interface ProviderEffects {
  /** For the record: the first failure of a provider, and again only after it has answered. */
  failed(detail: { part: ProviderPart; provider: string; error: string }): void;
  /** Nobody is left who could have answered this time. */
  apologise(part: ProviderPart): void;
  /** It happened too often in a row. `reason` is one sentence. */
  giveUp(reason: string): void;
  /** An utterance was recognised, or was not: for the trace. */
  recognised(recognition: Recognition): void;
}

/** Of one call. */
export class ProviderWatch {
  /** What was used of each. */
  readonly usage = new UsageMeter();
  /** What was understood too late. */
  readonly lastWords = new LastWords();
  readonly #effects: ProviderEffects;
  readonly #failing = new Set<string>();
  readonly #failures: Record<ProviderPart, number> = { transcriber: 0, llm: 0, voice: 0 };
  readonly #origins = new WeakMap<llm.ChatChunk, string>();
  #latest: string | null = null;
  readonly #answers: ModelAnswer[] = [];
  #voice: string | null = null;
  #transcriber: () => string = () => '';
  /** The voice has failed in what is being said now: sentence by sentence is still once. */
  #isSpeechLost = false;

  constructor(effects: ProviderEffects) {
    this.#effects = effects;
  }

  /** `transcriber` tells who recognised last. */
  hearsWith(transcriber: () => string): void {
    this.#transcriber = transcriber;
  }

  /** A chunk is one of `name`'s, whoever may ask for it. */
  mark(chunk: llm.ChatChunk, name: string): void {
    this.#origins.set(chunk, name);
  }

  /** A model is asked; hand in what it answers with `thought`. */
  asked(): ModelAnswer {
    const answer = { name: null, text: '' };
    this.#answers.push(answer);
    if (this.#answers.length > MOST_ANSWERS) this.#answers.shift();
    return answer;
  }

  /** A chunk of that answer has reached the conversation. */
  thought(chunk: llm.ChatChunk, answer: ModelAnswer): void {
    const name = this.#origins.get(chunk);
    if (name === undefined) return;
    answer.name = name;
    if (answer.text.length < 2 * COMPARED) answer.text += chunk.delta?.content ?? '';
    this.#answered('llm', name);
  }

  /** Sound of `name` has reached the conversation. */
  spoke(name: string): void {
    this.#voice = name;
    this.#answered('voice', name);
  }

  /** `name` has recognised something. */
  heard(name: string): void {
    this.#answered('transcriber', name);
  }

  /** One utterance, by a recogniser of whole ones. */
  recognised(recognition: Recognition): void {
    this.#effects.recognised(recognition);
  }

  /** One provider has failed; another may step in. */
  failed(part: ProviderPart, name: string, error: unknown): void {
    const reason = reasonOf(error);
    this.#latest = `${PART_WORDS[part]} ${name} failed: ${reason}`;
    const key = `${part} ${name}`;
    if (this.#failing.has(key)) return;
    this.#failing.add(key);
    this.#effects.failed({ part, provider: name, error: reason });
  }

  /** Nobody could answer. */
  exhausted(part: ProviderPart): void {
    if (part === 'voice') {
      if (this.#isSpeechLost) return;
      this.#isSpeechLost = true;
    }
    this.#failures[part] += 1;
    if (this.#failures[part] >= MOST_FAILURES[part]) this.#effects.giveUp(this.latestReason());
    else if (part !== 'voice') this.#effects.apologise(part);
  }

  /** Something else is being said now. */
  newSpeech(): void {
    this.#isSpeechLost = false;
  }

  /** Why a call is over that a provider's failure ended. */
  latestReason(): string {
    return this.#latest ?? 'A provider failed.';
  }

  /** Who answered the turn that is over now. `text`: its words, as far as they were heard. */
  takeTurn(role: 'user' | 'agent', isSpoken: boolean, text: string): TurnProviders {
    if (role === 'user') {
      return { transcriber: isSpoken ? this.#transcriber() : null, llm: null, voice: null };
    }
    const turn = { transcriber: null, llm: this.#llmOf(text), voice: this.#voice };
    this.#voice = null;
    return turn;
  }

  /** `null` for what no model has answered, such as a welcome. */
  #llmOf(text: string): string | null {
    const words = compared(text);
    if (!words) return null;
    const answer = this.#answers.findLast(({ text }) => compared(text).startsWith(words));
    return answer?.name ?? null;
  }

  #answered(part: ProviderPart, name: string): void {
    this.#failing.delete(`${part} ${name}`);
    this.#failures[part] = 0;
  }
}

function compared(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim().slice(0, COMPARED);
}

/** One line; what a server at home answers may be anything. */
function reasonOf(error: unknown): string {
  const { message } = error instanceof Error ? error : new Error(String(error));
  const line = message.replaceAll(/\s+/g, ' ').trim() || 'no reason given';
  return cutText(line, LONGEST_REASON);
}
