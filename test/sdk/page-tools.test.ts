/** Functions of the page, context and keys, as a page uses them: what the agent is told, and what the page hears of it. */
import { describe, expect, it, vi } from 'vitest';
import type { CallEvents, ClientTool } from '../../sdk/index.js';
import { failure } from '../support/failure.js';
import { SdkWorld } from '../support/sdk-world.js';
import { ticks } from '../support/ticks.js';

const show: ClientTool = {
  name: 'show_product',
  description: 'Shows a product on the page.',
  parameters: { type: 'object', properties: { id: { type: 'string' } } },
  run: () => ({ shown: true }),
};
const other: ClientTool = { ...show, name: 'open_cart' };

function offered(world: SdkWorld): string[] {
  return world.media.last.asked
    .filter(({ what }) => what === 'tools')
    .map(({ payload }) =>
      (JSON.parse(payload) as { name: string }[]).map((one) => one.name).join(),
    );
}

function answers(world: SdkWorld): CallEvents['toolsOffered'][] {
  const told: CallEvents['toolsOffered'][] = [];
  world.call.on('toolsOffered', (event) => told.push(event));
  return told;
}

describe('functions of the page', () => {
  it('are offered once the agent is there, all at once, and again when they change', async () => {
    const world = new SdkWorld();
    const told = answers(world);
    world.call.registerTool(show);
    const takeBack = world.call.registerTool(other);
    await world.call.start();
    await ticks(10);
    expect(offered(world)).toEqual([]);
    world.media.last.listener.agentChanged('listening');
    await vi.waitFor(() => expect(told).toHaveLength(1));
    expect(offered(world)).toEqual(['show_product,open_cart']);
    expect(JSON.parse(world.media.last.asked[0]?.payload ?? '')).toMatchObject([
      { description: show.description, parameters: show.parameters, timeout_ms: 10_000 },
      {},
    ]);
    takeBack();
    takeBack();
    await vi.waitFor(() => expect(told).toHaveLength(2));
    expect(offered(world).at(-1)).toBe('show_product');
    world.media.last.listener.agentChanged('speaking');
    world.media.last.listener.agentChanged('listening');
    await ticks(20);
    expect(offered(world)).toHaveLength(2);
    expect(told.at(-1)).toEqual({ taken: ['show_product'], refused: [] });
    await world.call.end();
  });

  it('are offered to the agent that takes the place of another, and in the next call', async () => {
    const world = new SdkWorld();
    const told = answers(world);
    world.call.registerTool(show);
    await world.answered();
    await vi.waitFor(() => expect(told).toHaveLength(1));
    world.media.last.listener.agentChanged(null);
    await ticks(5);
    world.media.last.listener.agentChanged('listening');
    await vi.waitFor(() => expect(told).toHaveLength(2));
    await world.call.end();
    await world.answered();
    await vi.waitFor(() => expect(told).toHaveLength(3));
    expect(offered(world)).toEqual(['show_product']);
    await world.call.end();
  });

  it('that the agent does not take are told with the reason', async () => {
    const world = new SdkWorld();
    const told = answers(world);
    world.call.registerTool(show);
    world.call.registerTool(other);
    await world.call.start();
    const refused = [{ name: 'open_cart', reason: 'name_taken' }];
    world.media.last.answer = JSON.stringify({ refused });
    world.media.last.listener.agentChanged('listening');
    await vi.waitFor(() => expect(told).toEqual([{ taken: ['show_product'], refused }]));
    const unsupported = { name: 'TextRefusedError', reason: 'not_supported' };
    world.media.last.askFailure = Object.assign(new Error('refused'), unsupported);
    world.call.registerTool(show);
    await vi.waitFor(() => expect(told).toHaveLength(2));
    expect(told[1]).toEqual({
      taken: [],
      refused: ['show_product', 'open_cart'].map((name) => ({ name, reason: 'not_supported' })),
    });
    // It is not asked again and again.
    world.media.last.listener.agentChanged('speaking');
    await ticks(20);
    expect(offered(world)).toHaveLength(1);
    await world.call.end();
  });

  it.each([
    ['the connection failed', new Error('the connection broke')],
    [
      'the agent was told too often',
      Object.assign(new Error('refused'), { name: 'TextRefusedError', reason: 'too_many' }),
    ],
  ])('are offered again after %s', async (_, failure) => {
    const world = new SdkWorld();
    const told = answers(world);
    world.call.registerTool(show);
    await world.call.start();
    world.media.last.askFailure = failure;
    world.media.last.listener.agentChanged('listening');
    await vi.waitFor(() => expect(world.media.last.askFailure).toBeNull());
    await ticks(20);
    expect(told).toEqual([]);
    world.media.last.listener.agentChanged('speaking');
    await vi.waitFor(() => expect(told).toHaveLength(1));
    await world.call.end();
  });

  it('are offered as they were registered, whatever the page does to them', async () => {
    const world = new SdkWorld();
    const told = answers(world);
    const parameters: Record<string, unknown> = { type: 'object' };
    const mine = { ...show, parameters };
    const takeBack = world.call.registerTool(mine);
    parameters['itself'] = parameters;
    mine.name = 'another';
    world.call.registerTool(other);
    await world.answered();
    await vi.waitFor(() => expect(told).toHaveLength(1));
    expect(told[0]?.taken).toEqual(['show_product', 'open_cart']);
    takeBack();
    await vi.waitFor(() => expect(told.at(-1)?.taken).toEqual(['open_cart']));
    await world.call.end();
  });

  it('are found by the agent by their name, the latest of each', async () => {
    const world = new SdkWorld();
    world.call.registerTool(show);
    const later = { ...show };
    world.call.registerTool(later);
    await world.answered();
    const { listener } = world.media.last;
    expect(listener.tool('show_product')).toBe(later);
    expect(listener.tool('constructor')).toBeUndefined();
    await world.call.end();
  });

  it.each([
    [{ name: 'show it' }, /name/],
    [{ description: '' }, /description/],
    [{ parameters: { type: 'string' } }, /parameters/],
    [{ parameters: { type: 'object', title: 'x'.repeat(4_000) } }, /parameters/],
    [{ timeoutMs: 0 }, /timeoutMs/],
    [{ run: undefined as never }, /run/],
  ])('are refused at once when no agent would take them: %j', (bad, words) => {
    const { call } = new SdkWorld();
    expect(() => call.registerTool({ ...show, ...bad })).toThrow(words);
  });
});

describe('sendContext()', () => {
  it('tells the agent and is no word of the conversation', async () => {
    const world = new SdkWorld();
    expect((await failure(world.call.sendContext('too early'))).code).toBe('not_active');
    await world.call.start();
    const told = world.call.sendContext(' The cart holds 3 bells. ');
    await ticks(10);
    expect(world.media.last.asked).toEqual([]);
    world.media.last.listener.agentChanged('listening');
    await told;
    expect(world.media.last.asked).toEqual([
      { what: 'context', payload: 'The cart holds 3 bells.' },
    ]);
    expect(world.call.transcript).toEqual([]);
    await world.call.end();
  });

  it('says why the agent did not take it', async () => {
    const world = new SdkWorld();
    await world.answered();
    const long = await failure(world.call.sendContext('x'.repeat(2_001)));
    expect(long).toMatchObject({ code: 'text_not_sent', reason: 'too_long' });
    for (const [reason, expected] of [
      ['too_fast', 'too_fast'],
      ['not_supported', null],
    ]) {
      const refusal = { name: 'TextRefusedError', reason };
      world.media.last.askFailure = Object.assign(new Error('refused'), refusal);
      const error = await failure(world.call.sendContext('hello'));
      expect(error).toMatchObject({ code: 'text_not_sent', reason: expected });
    }
    await world.call.end();
  });
});

describe('sendDigits()', () => {
  it('presses the keys once the agent listens, and shows them as the record has them', async () => {
    const world = new SdkWorld();
    await world.call.start();
    const pressed = world.call.sendDigits('12#a');
    await ticks(10);
    expect(world.media.last.pressed).toBe('');
    world.media.last.listener.agentChanged('listening');
    await pressed;
    expect(world.media.last.pressed).toBe('12#A');
    expect(world.call.transcript).toMatchObject([
      { role: 'user', text: 'pressed 1 2 # A', via: 'text' },
    ]);
    for (const bad of ['', '1 2', 'E', '1'.repeat(33)]) {
      expect((await failure(world.call.sendDigits(bad))).code).toBe('invalid_options');
    }
    await world.call.end();
  });
});

it('what the agent does is an event, of a call that goes on', async () => {
  const world = new SdkWorld();
  const seen: unknown[] = [];
  for (const name of ['functionCall', 'toolCall', 'agentChange', 'transfer', 'quality'] as const) {
    world.call.on(name, (payload) => seen.push([name, payload]));
  }
  await world.answered();
  const { listener } = world.media.last;
  listener.happened('functionCall', { name: 'find_order', status: 'started' });
  listener.happened('agentChange', { agentId: 'agent_2', agentName: 'Sales' });
  await world.call.end();
  listener.happened('functionCall', { name: 'late', status: 'started' });
  expect(seen).toEqual([
    ['functionCall', { name: 'find_order', status: 'started' }],
    ['agentChange', { agentId: 'agent_2', agentName: 'Sales' }],
  ]);
});
