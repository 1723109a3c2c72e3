/**
 * The ways of failing that livekit-client's own end-to-end tests know, put between an unmodified client and the server:
 * the client ends as it does there, and the server behind keeps nobody twice.
 *
 * Not here because they do not apply: the path `/rtc` of older clients (the embedded server has only `/rtc/v1`); requests
 * queued during a bare SignalClient's resume (no user holds one); regions (only asked for at LiveKit Cloud's addresses).
 * Nor a 404 in place of the server: livekit-client then asks for ever, at its old path and its new one in turn.
 * Elsewhere: invalid tokens (`tokens.test.ts`).
 */
import { LeaveRequest_Action } from '@livekit/protocol';
import { RoomServiceClient } from 'livekit-server-sdk';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { waitFor } from '../support/wait-for.js';
import { BrowserPeers, connect } from './support/browser-peer.js';
import { FailingProxy } from './support/failing-proxy.js';
import type { Failure } from './support/failing-proxy.js';
import { API_KEY, API_SECRET } from './support/media-server.js';
import { describeMediaServers } from './support/media-servers.js';
import { joinToken } from './support/tokens.js';

const { DISCONNECT, RESUME, RECONNECT } = LeaveRequest_Action;
/** More attempts than a client makes. */
const always = (failure: Failure): Failure[] => Array<Failure>(12).fill(failure);

describeMediaServers('failure modes', (server) => {
  let browsers: BrowserPeers;
  beforeAll(async () => {
    browsers = await BrowserPeers.start();
  });
  afterAll(async () => {
    await browsers.close();
  });

  const inside = async (room: string): Promise<string[]> => {
    const api = new RoomServiceClient(server().httpUrl, API_KEY, API_SECRET);
    return (await api.listParticipants(room)).map((one) => one.identity);
  };
  const isConnected = async (page: Page): Promise<boolean> =>
    (await page.evaluate('room.state')) === 'connected';

  test.concurrent.each<[string, Failure, RegExp]>([
    ['closed before the join answer', 'close-before-join', /InternalError/],
    ['silent instead of the join answer', 'no-first-message', /Timeout/],
    ['a leave as first message', { leave: DISCONNECT, when: 'first' }, /LeaveRequest/],
    ['a server error', 500, /WebSocket|InternalError/],
    ['a refused token', 401, /NotAllowed/],
    ['a room that may not be made', 'no-room', /NotAllowed/],
    ['a validation that hangs', 'validate-hangs', /Timeout|ServerUnreachable|InternalError/],
  ])('cannot connect: %s', async (name, failure, expected) => {
    const room = `never ${name}`;
    const proxy = await FailingProxy.open(server(), ...always(failure));
    const page = await browsers.open();
    const token = await joinToken(room, 'caller');
    expect(await outcomeOf(page, proxy.url, token)).toMatch(expected);
    await connect(page, server().wsUrl, token, false);
    expect(await inside(room)).toEqual(['caller']);
    await page.close();
    await proxy.close();
  });

  test.concurrent.each<[string, Failure[]]>([
    ['closed', ['close-when-connected']],
    ['dropped', ['drop-when-connected']],
    ['silent to pings', ['no-pong']],
    ['told to resume', [{ leave: RESUME, when: 'connected' }]],
    ['told to reconnect', [{ leave: RECONNECT, when: 'connected' }]],
    [
      'dropped, its resume answered with a leave',
      ['drop-when-connected', { leave: RECONNECT, when: 'first' }],
    ],
    ['dropped, its resume met with silence', ['drop-when-connected', 'no-first-message']],
    ['dropped, its resume refused', ['drop-when-connected', 500]],
    [
      'dropped, told to leave while it comes back',
      ['drop-when-connected', { leave: DISCONNECT, when: 'first' }],
    ],
  ])('connected, then %s: comes back as one', async (name, failures) => {
    const room = `back ${name}`;
    const proxy = await FailingProxy.open(server(), ...failures);
    const page = await browsers.open();
    await connect(page, proxy.url, await joinToken(room, 'caller'), false);
    proxy.strike();
    await waitFor(() => proxy.connections > failures.length, { what: 'the next connection' });
    await waitFor(() => isConnected(page), { timeoutMs: 20_000, what: 'the return' });
    expect(await inside(room)).toEqual(['caller']);
    // The server renews the token right after the join: the return must not hang on the first one's short life.
    expect(proxy.tokens.at(-1)).not.toBe(proxy.tokens[0]);
    await page.close();
    await proxy.close();
  });

  test.concurrent('connected, then told to leave for good: does not come back', async () => {
    const proxy = await FailingProxy.open(server(), { leave: DISCONNECT, when: 'connected' });
    const page = await browsers.open();
    await connect(page, proxy.url, await joinToken('left', 'caller'), false);
    proxy.strike();
    await waitFor(async () => (await page.evaluate('room.state')) === 'disconnected');
    expect(proxy.connections).toBe(1);
    await page.close();
    await proxy.close();
  });

  test.concurrent('hanging up on a socket that is cut meanwhile', async () => {
    const proxy = await FailingProxy.open(server(), 'drop-on-close');
    const page = await browsers.open();
    await connect(page, proxy.url, await joinToken('cut-close', 'caller'), false);
    await page.evaluate('room.disconnect()');
    expect(await page.evaluate('room.state')).toBe('disconnected');
    await waitFor(async () => (await inside('cut-close')).length === 0, { timeoutMs: 25_000 });
    await page.close();
    await proxy.close();
  });

  test.concurrent('cannot connect: nobody listens', async () => {
    const proxy = await FailingProxy.open(server());
    const { url } = proxy;
    await proxy.close();
    const page = await browsers.open();
    const token = await joinToken('nobody', 'caller');
    expect(await outcomeOf(page, url, token)).toMatch(/ServerUnreachable|WebSocket/);
    await connect(page, server().wsUrl, token, false);
    await page.close();
  });

  test.concurrent('giving up while joining leaves nobody behind', async () => {
    const proxy = await FailingProxy.open(server(), ...always('no-first-message'));
    const page = await browsers.open();
    const token = await joinToken('given up', 'caller');
    const outcome = outcomeOf(page, proxy.url, token);
    await waitFor(async () => (await inside('given up')).length === 1);
    await page.evaluate('room.disconnect()');
    expect(await outcome).toMatch(/Cancelled/);
    await waitFor(async () => (await inside('given up')).length === 0, { timeoutMs: 25_000 });
    await page.close();
    await proxy.close();
  });

  test.concurrent('giving up while coming back leaves nobody behind', async () => {
    const room = 'given up later';
    const proxy = await FailingProxy.open(
      server(),
      'drop-when-connected',
      ...always('no-first-message'),
    );
    const page = await browsers.open();
    await connect(page, proxy.url, await joinToken(room, 'caller'), false);
    proxy.strike();
    await waitFor(() => proxy.connections > 1, { what: 'the attempt to come back' });
    await page.evaluate('room.disconnect()');
    expect(await page.evaluate('room.state')).toBe('disconnected');
    const attempts = proxy.connections;
    await waitFor(async () => (await inside(room)).length === 0, { timeoutMs: 25_000 });
    expect(proxy.connections).toBe(attempts);
    await page.close();
    await proxy.close();
  });

  test.concurrent('a healthy connection outlasts its ping limit', async () => {
    const proxy = await FailingProxy.open(server(), 'hurried');
    const page = await browsers.open();
    await connect(page, proxy.url, await joinToken('healthy', 'caller'), false);
    // A ping a second, and three seconds without an answer would have ended it.
    await waitFor(() => proxy.pings > 5, { what: 'six pings' });
    expect(await page.evaluate('seen.states')).toEqual(['connecting', 'connected']);
    expect(proxy.connections).toBe(1);
    await page.close();
    await proxy.close();
  });
});

/** `connected`, or the name of the reason why not. */
function outcomeOf(page: Page, url: string, token: string): Promise<string> {
  return page.evaluate<string>(
    `room.connect(${JSON.stringify(url)}, ${JSON.stringify(token)}).then(() => 'connected',
      (error) => lk.ConnectionErrorReason[error.reason] ?? String(error))`,
  );
}
