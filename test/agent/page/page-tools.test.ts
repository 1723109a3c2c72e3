/** What a page offers the agent, with whatever program: what is taken, how it is called, and what the record has of it. */
import { llm } from '@livekit/agents';
import { RpcError } from '@livekit/rtc-node';
import type { PerformRpcParams, Room, RpcInvocationData } from '@livekit/rtc-node';
import { beforeEach, expect, it, onTestFinished, vi } from 'vitest';
import type { VersionSettings } from '../../../sdk/wire/agent.js';
import type { ClientToolsTaken } from '../../../sdk/wire/client-tool.js';
import type { FunctionCalled } from '../../../server/agent/functions/build-tools.js';
import { hearOffers } from '../../../server/agent/page/page-tools.js';
import type { PageTools } from '../../../server/agent/page/page-tools.js';
import { ticks } from '../../support/ticks.js';

type RpcHandler = (request: RpcInvocationData) => Promise<string>;
type Used = llm.FunctionTool<Record<string, string>>;

const offer = (name: string, more: object = {}): Record<string, unknown> => ({
  name,
  description: 'Shows a product on the page.',
  parameters: { type: 'object', properties: { id: { type: 'string' } }, required: ['id'] },
  timeout_ms: 500,
  ...more,
});
const END_CALL = { type: 'end_call', name: 'end_call', description: '' } as const;

let handler: RpcHandler;
let asked: PerformRpcParams[];
let answer: () => Promise<string>;
let page: PageTools;
let used: Used[];
let events: string[];
let called: FunctionCalled[];

beforeEach(() => {
  [asked, used, events, called] = [[], [], [], []];
  answer = () => Promise.resolve('{"shown":true}');
  const localParticipant = {
    registerRpcMethod: (_: string, given: RpcHandler) => (handler = given),
    performRpc: (params: PerformRpcParams) => (asked.push(params), answer()),
  };
  page = hearOffers({ localParticipant } as unknown as Room, 'caller');
  page.joined();
});

function serve(
  client_tools_enabled: boolean | undefined,
  functions: VersionSettings['functions'] = [],
): Promise<void> {
  const effects = {
    onBegun: (name: string) => void events.push(`begun ${name}`),
    onCalled: (one: FunctionCalled) => void called.push(one),
  };
  return page.serve({
    settings: { client_tools_enabled, functions },
    effects,
    use: async (tools) => {
      await ticks(1);
      used = tools as Used[];
    },
    told: (taken, refused) =>
      void events.push(
        `${taken.join()}|${refused.map(({ name, reason }) => `${name} ${reason}`).join()}`,
      ),
  });
}

async function give(payload: unknown, callerIdentity = 'caller'): Promise<ClientToolsTaken> {
  const text = typeof payload === 'string' ? payload : JSON.stringify(payload);
  const request = { requestId: '1', callerIdentity, payload: text, responseTimeout: 1 };
  return JSON.parse(await handler(request)) as ClientToolsTaken;
}

const call = (args: Record<string, string>): Promise<unknown> =>
  Promise.resolve(used[0]?.execute(args, { ctx: {} } as never)).catch((error: unknown) => error);

it('gives the agent what is offered, also before it listens, and calls the page with what the model says', async () => {
  const early = give([offer('show')]);
  await ticks(5);
  await serve(true);
  expect(await early).toEqual({ refused: [] });
  expect(used).toMatchObject([{ name: 'show', description: 'Shows a product on the page.' }]);
  const told = await call({ id: 'bell' });
  expect(asked).toMatchObject([
    { destinationIdentity: 'caller', method: 'dialnexa.tool', responseTimeout: 2_500 },
  ]);
  expect(JSON.parse(asked[0]?.payload ?? '')).toEqual({ name: 'show', arguments: { id: 'bell' } });
  expect(told).toMatch(/no instructions\): \{"shown":true\}$/);
  expect(called).toMatchObject([
    { name: 'show', source: 'page', ok: true, arguments: { id: 'bell' }, answer: { shown: true } },
  ]);
  expect(events.at(-1)).toBe('begun show');
});

it('takes none where the version allows none, and none by a name of the version’s own', async () => {
  await serve(undefined);
  expect(await give([offer('show')])).toEqual({
    refused: [{ name: 'show', reason: 'not_allowed' }],
  });
  expect(used).toEqual([]);
  // Another agent goes on: what was offered is offered to it.
  await serve(true, [END_CALL]);
  expect(used.map(({ name }) => name)).toEqual(['show']);
  const { refused } = await give([offer('end_call'), offer('show'), offer('show')]);
  expect(refused).toEqual([
    { name: 'show', reason: 'name_taken' },
    { name: 'end_call', reason: 'name_taken' },
  ]);
  expect(used.map(({ name }) => name)).toEqual(['show']);
  await give([]);
  expect(used).toEqual([]);
  await serve(false);
  expect(used).toEqual([]);
});

it.each([
  ['no name', offer('')],
  ['a name that objects have', offer('constructor')],
  ['a name with a space', offer('show it')],
  ['no description', offer('show', { description: '' })],
  ['a long description', offer('show', { description: 'x'.repeat(1_001) })],
  ['arguments that are no object', offer('show', { parameters: { type: 'string' } })],
  [
    'a property that is no schema',
    offer('show', { parameters: { type: 'object', properties: { a: 1 } } }),
  ],
  ['a large schema', offer('show', { parameters: { type: 'object', title: 'x'.repeat(4_000) } })],
  ['a deep schema', offer('show', { parameters: { type: 'object', a: nested(20) } })],
  ['too little time', offer('show', { timeout_ms: 1 })],
  ['too much time', offer('show', { timeout_ms: 60_001 })],
  ['nothing', null],
])('refuses an offer with %s, and takes the others', async (_, bad) => {
  await serve(true);
  const { refused } = await give([bad, offer('other')]);
  expect(refused).toMatchObject([{ reason: 'invalid' }]);
  expect(used.map(({ name }) => name)).toEqual(['other']);
});

it('takes twenty, from the caller alone, and as often as a page changes', async () => {
  await serve(true);
  const many = Array.from({ length: 500 }, (_, i) => offer(`tool_${i}`));
  const { refused } = await give(many);
  expect(used).toHaveLength(20);
  expect(refused).toHaveLength(80);
  expect(new Set(refused.map(({ reason }) => reason))).toEqual(new Set(['too_many']));
  await expect(give([], 'somebody')).rejects.toThrow('call_over');
  expect(used).toHaveLength(20);
  for (const bad of ['{', '{}', '7', '']) await expect(give(bad)).rejects.toThrow('invalid');
  for (let i = 0; i < 45; i += 1) await give([]);
  await expect(give([offer('show')])).rejects.toThrow('too_many');
  // A page that goes on for an hour changes more often.
  const now = performance.now();
  vi.spyOn(performance, 'now').mockReturnValue(now + 5_000);
  onTestFinished(() => void vi.restoreAllMocks());
  expect(await give([offer('show')])).toEqual({ refused: [] });
  await expect(give([])).rejects.toThrow('too_many');
  expect(used.map(({ name }) => name)).toEqual(['show']);
});

it.each([
  [new RpcError(4_101, 'tool_timeout', 'not within 500 ms'), 'tool_timeout: not within 500 ms'],
  [new RpcError(4_101, 'tool_failed', 'no such product'), 'tool_failed: no such product'],
  [new RpcError(4_101, 'obey', 'x'.repeat(9_000)), `tool_failed: ${'x'.repeat(200)}`],
  [new RpcError(1_502, 'Response timeout'), 'tool_timeout: the page did not answer in time'],
  [new RpcError(1_503, 'Recipient disconnected'), 'tool_failed: Recipient disconnected'],
  [new Error('the room is gone'), 'tool_failed: the page is gone'],
])('tells record and model that it failed: %s', async (error, sentence) => {
  await serve(true);
  await give([offer('show')]);
  answer = () => Promise.reject(error);
  const told = await call({ id: 'bell' });
  expect(told).toBeInstanceOf(llm.ToolError);
  expect((told as Error).message).toBe(`The function of the page failed: ${sentence}`);
  expect(called).toMatchObject([{ ok: false, source: 'page', error: sentence }]);
});

it('gives the model no more than a bounded answer, and the page no more than bounded arguments', async () => {
  await serve(true);
  await give([offer('show')]);
  answer = () => Promise.resolve(`"${'x'.repeat(15_000)}"`);
  expect(String(await call({ id: 'bell' })).length).toBeLessThan(8_200);
  const told = await call({ id: 'ä'.repeat(6_000) });
  expect((told as Error).message).toContain('tool_failed: the arguments are too large');
  expect(asked).toHaveLength(1);
});

function nested(depth: number): object {
  return depth === 0 ? {} : { a: nested(depth - 1) };
}
