/** Reads server-sent events of a call, and goes on after its connection broke. */
import type { Ask, RequestOptions } from '../rest/core/open-rest.js';
import { RestError } from '../rest/core/rest-error.js';
import { retry } from '../rest/core/retry.js';
import type { LiveEvent } from '../wire/call.js';

/** Options of `calls.live`. */
export interface LiveOptions extends RequestOptions {
  /** The `id` of the last event that was read: what follows is sent. */
  lastEventId?: string;
}

/** An event of a call that goes on; `id` where it can be read on from. */
export type LiveCallEvent = LiveEvent & { id: string | null };

/** Longer than any event: 4 MiB. */
const LONGEST = 4 * 1024 * 1024;
const AGAIN = { retries: 20, slowestMs: 5_000 };

/** Ends after `ended`; rejects with a `RestError` when the stream cannot be had any more. */
export async function* liveEvents(
  ask: Ask,
  path: string,
  { lastEventId, ...options }: LiveOptions,
): AsyncGenerator<LiveCallEvent, void> {
  let last = lastEventId;
  for (;;) {
    const response = await retry(
      () => {
        const headers: Record<string, string> = last === undefined ? {} : { 'last-event-id': last };
        const request = { method: 'GET', path, headers, retries: 0, ...options } as const;
        return ask<Response>(request, (answer) => Promise.resolve(answer));
      },
      { ...AGAIN, signal: options.signal },
    );
    try {
      for await (const event of eventsIn(response, options.signal)) {
        last = event.id ?? last;
        yield event;
        if (event.type === 'ended') return;
      }
    } catch (error) {
      if (error instanceof RestError) throw error;
    }
    if (options.signal?.aborted) throw new RestError('aborted', 'The stream was given up.');
  }
}

async function* eventsIn(
  { body }: Response,
  signal: AbortSignal | undefined,
): AsyncGenerator<LiveCallEvent, void> {
  if (!body) return;
  const reader = (body as ReadableStream<Uint8Array>).getReader();
  const stop = (): void => void reader.cancel().catch(() => {});
  signal?.addEventListener('abort', stop);
  const decoder = new TextDecoder();
  let text = '';
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      text += decoder.decode(value, { stream: true });
      const blocks = text.split('\n\n');
      text = blocks.pop() ?? '';
      if (text.length > LONGEST) {
        throw new RestError('unexpected_answer', 'An event is longer than 4 MiB.');
      }
      for (const block of blocks) yield* eventOf(block);
    }
  } finally {
    signal?.removeEventListener('abort', stop);
    stop();
  }
}

/** None for a comment. */
function eventOf(block: string): LiveCallEvent[] {
  const field = (name: string): string | undefined =>
    block
      .split('\n')
      .find((line) => line.startsWith(`${name}: `))
      ?.slice(name.length + 2);
  const data = field('data');
  if (data === undefined) return [];
  return [{ ...(JSON.parse(data) as LiveEvent), id: field('id') ?? null }];
}
