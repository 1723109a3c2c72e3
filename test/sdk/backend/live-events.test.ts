/** A stream of a call's events that breaks is made again after a pause, from the last event on, and not for ever. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { BackendClient } from '../../../sdk/backend/index.js';
import type { LiveCallEvent, RestError } from '../../../sdk/backend/index.js';

const SAID = 'event: turn\nid: 1-2\ndata: {"type":"turn"}\n\n';
const ENDED = 'event: ended\nid: 1-3\ndata: {"type":"ended"}\n\n';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Follows a call whose streams are these texts, then none. */
async function followed(streams: string[]) {
  const asked: { after: string | null; at: number }[] = [];
  const { calls } = new BackendClient({
    serverUrl: 'https://calls.example',
    secretKey: 'dnx_sk_1',
    fetch: (_input, init) => {
      const after = new Headers(init?.headers).get('last-event-id');
      asked.push({ after, at: Date.now() });
      const text = streams.shift();
      return Promise.resolve(
        new Response(text ?? null, { status: text === undefined ? 404 : 200 }),
      );
    },
  });
  const events: LiveCallEvent[] = [];
  const done = (async () => {
    for await (const event of calls.live('call_1')) events.push(event);
    return null;
  })().catch((error: RestError) => error);
  await vi.runAllTimersAsync();
  const error = await done;
  const pauses = asked.slice(1).map(({ at }, n) => at - (asked[n]?.at ?? 0));
  return { events, error, asked, pauses };
}

it('goes on after the last event, a moment after it broke', async () => {
  const { events, asked, pauses } = await followed([SAID, `: still here\n\n${SAID}`, ENDED]);
  expect(events.map(({ type }) => type)).toEqual(['turn', 'turn', 'ended']);
  expect(asked.map(({ after }) => after)).toEqual([null, '1-2', '1-2']);
  expect(Math.min(...pauses)).toBeGreaterThanOrEqual(150);
});

it('waits for longer each time that a stream tells nothing, and gives up', async () => {
  const { error, asked, pauses } = await followed(Array<string>(40).fill(': still here\n\n'));
  expect(error).toMatchObject({ code: 'network_unreachable' });
  expect(asked).toHaveLength(21);
  expect(pauses.slice(0, 4)).toEqual([...pauses.slice(0, 4)].sort((a, b) => a - b));
  expect(pauses.at(-1)).toBeGreaterThan(3_000);
});

it('is over when an event cannot be read', async () => {
  const { error, asked } = await followed([`${SAID}data: {"type":\n\n`, ENDED]);
  expect(error).toMatchObject({ code: 'unexpected_answer' });
  expect(asked).toHaveLength(1);
});
