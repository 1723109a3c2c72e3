/**
 * The ways of failing that livekit-client's own end-to-end tests know, put between an unmodified client and the server:
 * the client ends as it does there, and the server behind keeps nobody twice.
 *
 * Not here because they do not apply: the path `/rtc` of older clients (the embedded server has only `/rtc/v1`); requests
 * queued during a bare SignalClient's resume (no user holds one); regions (only asked for at LiveKit Cloud's addresses).
 * Elsewhere: invalid tokens (`tokens.test.ts`). Still to come: a 404 in place of the server, an unreachable server, giving
 * up during a join or a resume, a hanging validation, that a renewed token is the one a client comes back with.
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
  ])('cannot connect: %s', async (name, failure, expected) => {
    const room = `never ${name}`;
    const proxy = await FailingProxy.open(server(), ...always(failure));
    const page = await browsers.open();
    const token = await joinToken(room, 'caller');
    const outcome = await page.evaluate<string>(
      `room.connect(${JSON.stringify(proxy.url)}, ${JSON.stringify(token)}).then(() => 'connected',
        (error) => lk.ConnectionErrorReason[error.reason] ?? String(error))`,
    );
    expect(outcome).toMatch(expected);
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
  ])('connected, then %s: comes back as one', async (name, failures) => {
    const room = `back ${name}`;
    const proxy = await FailingProxy.open(server(), ...failures);
    const page = await browsers.open();
    await connect(page, proxy.url, await joinToken(room, 'caller'), false);
    proxy.strike();
    await waitFor(() => proxy.connections > failures.length, { what: 'the next connection' });
    await waitFor(() => isConnected(page), { timeoutMs: 20_000, what: 'the return' });
    expect(await inside(room)).toEqual(['caller']);
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
    await waitFor(async () => (await inside('cut-close')).length === 0);
    await page.close();
    await proxy.close();
  });
});
