/** The thread of the voice: what becomes of sentences when it dies. */
import { EventEmitter } from 'node:events';
import { expect, it } from 'vitest';
import { openFlite } from '../../../server/agent/offline/speech/flite.js';
import { openThread } from '../../../server/agent/offline/speech/open-thread.js';
import type { SpeakRequest } from '../../../server/agent/offline/speech/flite-thread.js';

class FakeThread extends EventEmitter {
  mood: 'well' | 'dies' = 'well';

  unref(): void {
    return;
  }

  terminate(): Promise<number> {
    return Promise.resolve(0);
  }

  postMessage({ id, text }: SpeakRequest): void {
    const pcm = new Int16Array(text.length);
    if (this.mood === 'well') queueMicrotask(() => this.emit('message', { id, pcm }));
    else queueMicrotask(() => this.emit('error', new Error('out of memory')));
  }
}

it('says the next sentence on a new thread when one has died', async () => {
  const threads: FakeThread[] = [];
  const flite = openFlite((url) =>
    openThread(url, undefined, () => {
      const thread = new FakeThread();
      threads.push(thread);
      return thread;
    }),
  );
  expect(await flite.speak('Hi.', 'slt', 1)).toHaveLength(3);
  const [first] = threads;
  if (first) first.mood = 'dies';
  await expect(flite.speak('Hello.', 'slt', 1)).rejects.toThrow('out of memory');
  expect(await flite.speak('Hello.', 'slt', 1)).toHaveLength(6);
  first?.emit('exit', 1);
  expect(await flite.speak('Goodbye.', 'slt', 1)).toHaveLength(8);
  expect(threads).toHaveLength(2);
});
