/** Questions to a thread of its own: computing there does not hold up the sound of a call. */
import type { EventEmitter } from 'node:events';
import { Worker } from 'node:worker_threads';

/** A thread that answers. */
export interface Thread<Question, Answer> {
  /** Rejects with what went wrong there, and when the thread dies. */
  ask(question: Question): Promise<Answer>;
  close(): Promise<void>;
}

/** What the thread is for whoever starts it. */
export interface Running extends Pick<EventEmitter, 'on'> {
  postMessage(message: object): void;
  terminate(): Promise<number>;
  unref(): void;
}

/** What comes back: the answer's own fields, or what went wrong. */
export type ThreadAnswer<Answer> = { id: number } & (Answer | { error: string });

/**
 * Every question goes there as a message with an `id`, and comes back as a `ThreadAnswer`. The thread starts with the
 * first question; one that dies is replaced with the next. `run`: another way to start it.
 */
export function openThread<Question extends object, Answer extends object>(
  url: URL,
  workerData?: unknown,
  run: (url: URL, workerData: unknown) => Running = (at, data) =>
    new Worker(at, { workerData: data }),
): Thread<Question, Answer> {
  const waiting = new Map<number, { resolve(answer: Answer): void; reject(error: Error): void }>();
  let lastId = 0;
  let worker: Running | null = null;

  function start(): Running {
    const started = run(url, workerData);
    const isGone = (error: Error): void => {
      if (worker !== started) return;
      worker = null;
      for (const waiter of waiting.values()) waiter.reject(error);
      waiting.clear();
    };
    started.unref();
    started.on('message', (answer: ThreadAnswer<Answer>) => {
      const waiter = waiting.get(answer.id);
      waiting.delete(answer.id);
      if ('error' in answer) waiter?.reject(new Error(answer.error));
      else waiter?.resolve(answer);
    });
    started.on('error', isGone);
    started.on('exit', () => isGone(new Error('the thread of the voice has ended')));
    return started;
  }

  return {
    ask: (question) =>
      new Promise((resolve, reject) => {
        lastId += 1;
        waiting.set(lastId, { resolve, reject });
        worker ??= start();
        worker.postMessage({ ...question, id: lastId });
      }),
    async close() {
      await worker?.terminate();
    },
  };
}
