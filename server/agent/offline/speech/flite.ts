/** Speech from text on a thread of its own, with the sentences that were spoken before kept. */
import { Worker } from 'node:worker_threads';
import type { SpeakAnswer, SpeakRequest } from './flite-thread.js';

const KEPT_SENTENCES = 200;

/** How often a sentence was there already. */
export interface AudioCacheFigures {
  lookups: number;
  hits: number;
  misses: number;
  new_entries: number;
}

/** Speaks. */
export interface Flite {
  /** 16 kHz mono. `isKept`: take it from the cache and put it there, and count that. */
  speak(text: string, voice: string, speed: number, isKept: boolean): Promise<Int16Array>;
  readonly cache: Readonly<AudioCacheFigures>;
  close(): Promise<void>;
}

/** Starts the thread; the voice is compiled there while the call is being set up. A thread that dies is replaced. */
export function openFlite(): Flite {
  const waiting = new Map<number, { resolve(pcm: Int16Array): void; reject(error: Error): void }>();
  const kept = new Map<string, Int16Array>();
  const cache = { lookups: 0, hits: 0, misses: 0, new_entries: 0 };
  let lastId = 0;
  let worker: Worker | null = start();

  function start(): Worker {
    const started = new Worker(new URL('./flite-thread.js', import.meta.url));
    const isGone = (error: Error): void => {
      if (worker !== started) return;
      worker = null;
      for (const waiter of waiting.values()) waiter.reject(error);
      waiting.clear();
    };
    started.unref();
    started.on('message', (answer: SpeakAnswer) => {
      const waiter = waiting.get(answer.id);
      waiting.delete(answer.id);
      if ('pcm' in answer) waiter?.resolve(answer.pcm);
      else waiter?.reject(new Error(answer.error));
    });
    started.on('error', isGone);
    started.on('exit', () => isGone(new Error('the thread of the voice has ended')));
    return started;
  }

  const ask = (text: string, voice: string, speed: number): Promise<Int16Array> =>
    new Promise((resolve, reject) => {
      lastId += 1;
      waiting.set(lastId, { resolve, reject });
      worker ??= start();
      worker.postMessage({ id: lastId, text, voice, speed } satisfies SpeakRequest);
    });
  return {
    cache,
    async speak(text, voice, speed, isKept) {
      if (!isKept) return ask(text, voice, speed);
      const name = `${voice}|${speed}|${text}`;
      cache.lookups += 1;
      const known = kept.get(name);
      if (known) {
        cache.hits += 1;
        return known;
      }
      cache.misses += 1;
      const pcm = await ask(text, voice, speed);
      if (kept.size < KEPT_SENTENCES) {
        kept.set(name, pcm);
        cache.new_entries += 1;
      }
      return pcm;
    },
    async close() {
      await worker?.terminate();
    },
  };
}
