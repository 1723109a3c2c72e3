/** What a function of the version does to the call. */
import type { voice } from '@livekit/agents';
import type { llm } from '@livekit/agents';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { buildTools } from '../../../server/agent/functions/build-tools.js';
import type { FunctionCalled } from '../../../server/agent/functions/build-tools.js';

type Done = Parameters<voice.SpeechHandle['addDoneCallback']>[0];

/** Lets the model call `end_call`, and the answer that it belongs to end. */
async function hangUp(answer: {
  interrupted: boolean;
}): Promise<{ ended: number; told: string[] }> {
  const seen = { ended: 0, told: [] as string[] };
  const tools = buildTools([{ type: 'end_call', name: 'end_call', description: '' }], {
    allowPrivateHosts: false,
    endCall: () => (seen.ended += 1),
    transfer: () => Promise.resolve(),
    onCalled: ({ name, ok }) => seen.told.push(`${name} ${ok}`),
  }) as unknown as llm.FunctionTool<Record<string, never>>[];
  const done: Done[] = [];
  const ctx = { speechHandle: { addDoneCallback: (callback: Done) => done.push(callback) } };
  await tools[0]?.execute({}, { ctx } as never);
  expect(seen.ended).toBe(0);
  for (const callback of done) callback(answer as voice.SpeechHandle);
  return seen;
}

it('hangs up after its last words', async () => {
  expect(await hangUp({ interrupted: false })).toEqual({ ended: 1, told: ['end_call true'] });
});

it('does not hang up on a caller who breaks in on the goodbye', async () => {
  expect((await hangUp({ interrupted: true })).ended).toBe(0);
});

it('tells arguments and answer of a custom function, and no value of its headers', async () => {
  const server = createServer((request, response) => {
    // As an endpoint for trying out does.
    response.end(JSON.stringify({ state: 'sent', headers: request.headers }));
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/orders`;
  const told: FunctionCalled[] = [];
  const config = {
    url,
    method: 'POST',
    headers: { authorization: 'Bearer hunter2hunter2', 'x-shop': 'of-the-shop' },
    parameters: { type: 'object', properties: {} },
  } as const;
  const tools = buildTools([{ type: 'custom', name: 'find', description: '', config }], {
    allowPrivateHosts: true,
    endCall: () => undefined,
    transfer: () => Promise.resolve(),
    onCalled: (called) => void told.push(called),
  }) as unknown as llm.FunctionTool<Record<string, number>>[];
  try {
    const answer = await tools[0]?.execute({ number: 7 }, { ctx: {} } as never);
    expect(answer).toContain('hunter2');
  } finally {
    server.close();
  }
  expect(told).toMatchObject([
    { name: 'find', ok: true, arguments: { number: 7 }, answer: { state: 'sent' } },
  ]);
  expect(JSON.stringify(told)).not.toMatch(/hunter2|of-the-shop/);
});
