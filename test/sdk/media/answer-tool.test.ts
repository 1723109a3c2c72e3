/** How a function of the page answers the agent, whatever it does. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { CallEvents, ClientTool } from '../../../sdk/index.js';
import { answerTool } from '../../../sdk/media/answer-tool.js';

let told: CallEvents['toolCall'][];
let over: AbortController;

beforeEach(() => {
  vi.useFakeTimers();
  told = [];
  over = new AbortController();
});
afterEach(() => {
  vi.useRealTimers();
});

function ask(run: ClientTool['run'], args: object = {}): Promise<string> {
  const tool = { name: 'show', description: 'Shows.', timeoutMs: 500, run };
  return answerTool(JSON.stringify({ name: 'show', arguments: args }), {
    find: () => tool,
    ran: (event) => void told.push(event),
    over: over.signal,
  });
}

it.each([
  [(args: object) => ({ got: args }), '{"got":{"id":"bell"}}'],
  [() => Promise.resolve('done'), '"done"'],
  [() => undefined, 'null'],
  [() => () => 1, 'null'],
  [() => ({ toJSON: () => undefined }), 'null'],
])('answers as JSON what it returns', async (run, json) => {
  expect(await ask(run, { id: 'bell' })).toBe(json);
  expect(told).toEqual([{ name: 'show', code: null, ms: 0 }]);
});

it.each([
  [() => Promise.reject(new Error('no such product')), 'no such product'],
  [() => 'ä'.repeat(6_000), 'the answer is larger than 12000 bytes'],
  [() => 7n, /BigInt/],
  [() => Promise.reject(Object.assign(new Error(), { message: 7 })), /^7$/],
  // What a page may throw is no error, and may not even become a text.
  [() => Promise.reject(Object.create(null) as Error), 'it threw what cannot be written'],
])('says why it failed', async (run, reason) => {
  const answer = ask(run);
  await expect(answer).rejects.toMatchObject({ code: 4101, message: 'tool_failed' });
  const { data } = (await answer.catch((error: unknown) => error)) as { data: string };
  expect(data).toMatch(reason);
  expect(told).toMatchObject([{ name: 'show', code: 'tool_failed' }]);
});

it('is run as a method of what the page has registered', async () => {
  class Shop {
    readonly name = 'show';
    readonly description = 'Shows.';
    readonly bells = 3;
    run(): number {
      return this.bells;
    }
  }
  const shelf = { find: () => new Shop(), ran: () => undefined, over: over.signal };
  expect(await answerTool('{"name":"show","arguments":{}}', shelf)).toBe('3');
});

it('waits for its time and no longer, and tells it so', async () => {
  let signal: AbortSignal | undefined;
  const answer = ask((_, context) => {
    signal = context.signal;
    return new Promise(() => {});
  });
  const failed = expect(answer).rejects.toMatchObject({ code: 4101, message: 'tool_timeout' });
  await vi.advanceTimersByTimeAsync(499);
  expect([signal?.aborted, told]).toEqual([false, []]);
  await vi.advanceTimersByTimeAsync(1);
  await failed;
  expect(signal?.aborted).toBe(true);
  expect(told).toMatchObject([
    { code: 'tool_timeout', error: { message: 'no answer within 500 ms' } },
  ]);
});

it('is aborted with the call', async () => {
  let signal: AbortSignal | undefined;
  const answer = ask((_, context) => {
    signal = context.signal;
    return new Promise(() => {});
  });
  const failed = expect(answer).rejects.toMatchObject({ message: 'tool_failed' });
  await vi.advanceTimersByTimeAsync(1);
  over.abort();
  await failed;
  expect(signal?.aborted).toBe(true);
});

it('says that it is gone', async () => {
  const request = JSON.stringify({ name: 'show', arguments: {} });
  const shelf = { find: () => undefined, ran: () => undefined, over: over.signal };
  await expect(answerTool(request, shelf)).rejects.toMatchObject({
    message: 'tool_failed',
    data: 'the page has no function of that name any more',
  });
});
