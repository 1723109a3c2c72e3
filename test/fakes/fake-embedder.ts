/** An embedder that knows what a few words are about, and nothing of any other. */
import type { Embedder } from '../../server/agent/offline/embedding/embedder.js';

/** What it was asked for, and how it answers. */
export interface FakeEmbedder extends Embedder {
  asked: string[];
  /** What it says next time, and from then on; `null`: what the words are about. */
  answer: (() => Promise<readonly Float32Array[]>) | null;
}

/** `topics`: words that mean the same, line by line. A text without any of them is about nothing. */
export function fakeEmbedder(topics: readonly string[]): FakeEmbedder {
  const words = topics.map((line) => line.split(' '));
  const vectorOf = (text: string): Float32Array => {
    const about = words.map((line) => line.filter((word) => text.split(' ').includes(word)).length);
    const numbers = Float32Array.from([...about, about.some((count) => count > 0) ? 0 : 1]);
    const length = Math.hypot(...numbers);
    return numbers.map((value) => value / length);
  };
  const fake: FakeEmbedder = {
    asked: [],
    answer: null,
    embed(texts) {
      fake.asked.push(...texts);
      return fake.answer?.() ?? Promise.resolve(texts.map(vectorOf));
    },
  };
  return fake;
}
