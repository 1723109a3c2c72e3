/** What a function of the version does to the call. */
import type { voice } from '@livekit/agents';
import type { llm } from '@livekit/agents';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import type { AgentFunction, CustomFunction } from '../../../sdk/wire/agent.js';
import { buildTools } from '../../../server/agent/functions/build-tools.js';
import { FoundVariables } from '../../../server/agent/functions/found-variables.js';
import type { FunctionCalled } from '../../../server/agent/functions/build-tools.js';

type Done = Parameters<voice.SpeechHandle['addDoneCallback']>[0];

const NOTHING = {
  transfer: () => Promise.resolve(),
  handOver: () => Promise.reject(new Error('nobody is there')),
  variables: new FoundVariables(),
  found: () => undefined,
  say: () => undefined,
  remember: () => Promise.resolve(),
  onBegun: () => undefined,
};

/** Lets the model call `end_call`, and the answer that it belongs to end. */
async function hangUp(answer: {
  interrupted: boolean;
}): Promise<{ ended: number; told: string[] }> {
  const seen = { ended: 0, told: [] as string[] };
  const tools = buildTools([{ type: 'end_call', name: 'end_call', description: '' }], {
    allowPrivateHosts: false,
    endCall: () => (seen.ended += 1),
    ...NOTHING,
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
    ...NOTHING,
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

interface Orders {
  url: string;
  requests: string[];
  close(): void;
}
async function orders(answer: object, status = 200): Promise<Orders> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url} ${String(request.headers['x-state'])}`);
    response.writeHead(status).end(JSON.stringify(answer));
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/orders`, requests, close: () => server.close() };
}

/** A version whose function is called with the number of an order, as often as there are numbers. */
async function find(
  at: Orders,
  config: Partial<CustomFunction['config']>,
  ...numbers: number[]
): Promise<{ answers: unknown[]; said: string[]; told: FunctionCalled[]; render: string }> {
  const said: string[] = [];
  const told: FunctionCalled[] = [];
  const variables = new FoundVariables();
  const request = {
    url: at.url,
    method: 'GET',
    parameters: { type: 'object' },
    ...config,
  } as const;
  const functions: AgentFunction[] = [
    { type: 'custom', name: 'find', description: '', config: request },
  ];
  variables.begin(functions, { state: 'unknown' });
  const tools = buildTools(functions, {
    ...NOTHING,
    allowPrivateHosts: true,
    endCall: () => undefined,
    variables,
    say: (words) => void said.push(words),
    found: () => void said.push('(found)'),
    remember: (name, answer) => (said.push(`(${name}: ${answer})`), Promise.resolve()),
    onCalled: (called) => void told.push(called),
  }) as unknown as llm.FunctionTool<Record<string, string | number>>[];
  const answers: unknown[] = [];
  try {
    for (const number of numbers) {
      const ctx = { ctx: {} } as never;
      answers.push(await tools[0]?.execute({ number, name: 'Ann' }, ctx).catch(String));
    }
  } finally {
    at.close();
  }
  return { answers, said, told, render: variables.render('{{state}}, {{first}}, {{other}}') };
}

it('speaks while it works, and takes variables from the answer for all that follows', async () => {
  const at = await orders({ order: { state: 'sent/now', items: [{ name: 'bell' }], gone: null } });
  const { answers, said, render } = await find(
    at,
    {
      holding_message: 'It was {{state}}: one moment.',
      response_variables: {
        state: 'order.state',
        first: '$.order.items[0].name',
        other: 'order.gone',
      },
      query_params: { was: '{{state}}' },
      headers: { 'x-state': '{{state}}' },
      url: `${at.url}/{{state}}`,
    },
    7,
    8,
  );
  expect(said).toEqual([
    'It was unknown: one moment.',
    '(found)',
    'It was sent/now: one moment.',
    '(found)',
  ]);
  expect(at.requests).toEqual([
    'GET /orders/unknown?was=unknown&number=7&name=Ann unknown',
    'GET /orders/sent%2Fnow?was=sent%2Fnow&number=8&name=Ann sent/now',
  ]);
  expect(answers[1]).toContain('"bell"');
  expect(render).toBe('sent/now, bell, {{other}}');
});

it('tells neither the header that was sent nor the one that the answer changes it to', async () => {
  const at = await orders({ state: 'next-session', was: 'unknown' });
  const { told } = await find(
    at,
    { headers: { 'x-state': '{{state}}' }, response_variables: { state: 'state' } },
    7,
  );
  expect(at.requests).toEqual(['GET /orders?number=7&name=Ann unknown']);
  expect(told).toMatchObject([{ ok: true, answer: { state: '[redacted]', was: '[redacted]' } }]);
});

it('says nothing before or after where the version wants silence, and remembers the answer', async () => {
  const at = await orders({ done: true });
  const silent = { speak_during_execution: false, speak_after_execution: false };
  const { answers, said } = await find(at, { holding_message: 'Wait.', ...silent }, 7);
  expect(answers).toEqual([undefined]);
  expect(said).toEqual(['(find: {"done":true})']);
});

it('tells nothing of the fields that the version names, however deep', async () => {
  const at = await orders({ people: [{ 'Full-Name': 'Ann', age: 7 }], text: '{"name":"Ann"}' });
  const { answers, told } = await find(at, { sensitive_fields: ['name', 'full_name'] }, 7);
  expect(answers[0]).toContain('Ann');
  expect(told[0]).toMatchObject({
    arguments: { number: 7, name: '[redacted]' },
    answer: { people: [{ 'Full-Name': '[redacted]', age: 7 }] },
  });
  expect(JSON.stringify(told)).not.toContain('Ann');
});

it('leaves variables alone when it fails, and tells why', async () => {
  const at = await orders({ state: 'broken' }, 500);
  const { said, told, render } = await find(at, { response_variables: { state: 'state' } }, 7);
  expect(said).toEqual([]);
  expect(told).toMatchObject([{ ok: false, error: 'the endpoint answered 500' }]);
  expect(render).toBe('unknown, {{first}}, {{other}}');
});
