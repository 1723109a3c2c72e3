/** Remembers what a caller's sentences led to: a conversation is gone through again at every turn. */
import { LRUCache } from 'lru-cache';

/** More than a caller says. */
const KEPT = 500;

/** The same sentence gets the same answer, however quick what it depends on is the next time. `find` answers also without a model. */
export function keepAnswers<T>(
  find: (sentence: string) => Promise<T>,
): (sentence: string) => Promise<T> {
  const kept = new LRUCache<string, Promise<T>>({ max: KEPT });
  return (sentence) => {
    const found = kept.get(sentence) ?? find(sentence);
    kept.set(sentence, found);
    return found;
  };
}
