/** Reads server-sent events of a call, and goes on after its connection broke. */
import type { Ask, RequestOptions } from '../rest/core/open-rest.js';
import { RestError } from '../rest/core/rest-error.js';
import { pause, pauseMs, throwIfAborted } from '../rest/core/retry.js';
import type { LiveEvent } from '../wire/call.js';
import { bodyParts } from './body-parts.js';

/** Options of `calls.live`. */
export interface LiveOptions extends RequestOptions {
  /** The `id` of the last event that was read: what follows is sent. */
  lastEventId?: string;
}

/** An event of a call that goes on; `id` where it can be read on from. */
export type LiveCallEvent = LiveEvent & { id: string | null };

/** Longer than any event. */
const LONGEST_MIB = 4;
/** Streams in a row that may be refused, or break before an event of theirs has come. */
const MOST_FAILURES = 20;
const SLOWEST_MS = 5_000;

/** Ends after `ended`; rejects with a `RestError` when the stream cannot be had any more. */
export async function* liveEvents(
  ask: Ask,
  path: string,
  { lastEventId, ...options }: LiveOptions,
): AsyncGenerator<LiveCallEvent, void> {
  const { signal } = options;
  let last = lastEventId;
  for (let failures = 0; ; failures += 1) {
    try {
      const headers: Record<string, string> = last === undefined ? {} : { 'last-event-id': last };
      const request = { method: 'GET', path, headers, retries: 0, ...options } as const;
      const answer = await ask<Response>(request, (response) => Promise.resolve(response));
      for await (const block of bodyParts(answer, { end: '\n\n', mostMiB: LONGEST_MIB, signal })) {
        const event = eventOf(block);
        if (!event) continue;
        failures = 0;
        last = event.id ?? last;
        yield event;
        if (event.type === 'ended') return;
      }
      throw new TypeError('The stream ended too early.');
    } catch (cause) {
      throwIfAborted(signal);
      const error = cause instanceof RestError ? cause : brokenOff(cause);
      if (failures >= MOST_FAILURES || !error.retryable) throw error;
      await pause(pauseMs(error, failures, SLOWEST_MS), signal);
    }
  }
}

function brokenOff(cause: unknown): RestError {
  return new RestError('network_unreachable', 'The stream broke off.', { cause });
}

/** `null` for a comment. Throws `unexpected_answer`. */
function eventOf(block: string): LiveCallEvent | null {
  const field = (name: string): string | undefined =>
    block
      .split('\n')
      .find((line) => line.startsWith(`${name}: `))
      ?.slice(name.length + 2);
  const data = field('data');
  if (data === undefined) return null;
  try {
    return { ...(JSON.parse(data) as LiveEvent), id: field('id') ?? null };
  } catch (cause) {
    throw new RestError('unexpected_answer', 'An event is no JSON.', { cause });
  }
}
