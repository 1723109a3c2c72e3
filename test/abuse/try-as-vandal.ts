/** A vandal wants nothing but that others are not served: the server must go on answering them meanwhile. */
import { connect, type Socket } from 'node:net';
import type WebSocket from 'ws';
import type { CreateWebCallResponse } from '../../sdk/wire/web-call.js';
import { NodePeer } from '../conformance/support/node-peer.js';
import { joinRequest, openSocket } from '../conformance/support/raw-socket.js';
import type { Product } from '../e2e/product.js';
import { slowestAnswer } from '../support/slowest-answer.js';
import { waitFor } from '../support/wait-for.js';
import type { Ledger } from './ledger.js';

/** Nobody else may wait so much longer for an answer meanwhile. */
const SLOWEST_MS = 500;
const BODIES = 12;
const MEBIBYTE = 1_048_576;
const JOINS = 12;
const DRIPPING = 300;
const DRIPPING_MS = 20_000;

const healthOf = (product: Product) => `${product.url}/healthz`;

/** Bodies as large as any route takes, from somebody whose token is nothing. */
export async function tryLargeBodies(product: Product, ledger: Ledger): Promise<void> {
  const empty = `{"events":[${'{},'.repeat((4 * MEBIBYTE) / 3 - 20)}{}]}`;
  const deep = '['.repeat(4 * MEBIBYTE - 10);
  const paths = [
    '/v1/agent-jobs/call_x/events',
    '/v1/web-calls/call_x/terminate',
    '/v1/web-calls',
    '/livekit/webhook',
  ];
  for (const path of paths) {
    for (const body of [empty, deep]) {
      const send = () =>
        fetch(`${product.url}${path}`, {
          method: 'POST',
          headers: { authorization: 'Bearer x', 'content-type': 'application/json' },
          body,
        }).then(
          async (answer) => {
            await answer.arrayBuffer();
            return answer.status;
          },
          // A server that hangs up on somebody who goes on sending is in its right.
          () => 413,
        );
      const [slowest, statuses] = await slowestAnswer(healthOf(product), () =>
        Promise.all(Array.from({ length: BODIES }, send)),
      );
      for (const status of statuses) {
        const isRefused = status >= 400 && status < 500;
        ledger.note('vandal', isRefused ? null : `${path}, a large body: ${status}`);
      }
      const isSlow = slowest > SLOWEST_MS;
      ledger.note('vandal', isSlow ? `${path} held others up for ${slowest} ms` : null);
    }
  }
}

/** Heads that never end: each socket must be closed, and others be served. */
export async function trySlowHeads(product: Product, ledger: Ledger): Promise<void> {
  const sockets = Array.from({ length: DRIPPING }, () => connect(product.port, '127.0.0.1'));
  const open = new Set<Socket>(sockets);
  for (const socket of sockets) {
    socket.on('error', () => undefined);
    socket.on('close', () => open.delete(socket));
    socket.write('GET /healthz HTTP/1.1\r\nhost: x\r\n');
  }
  const drip = setInterval(() => {
    for (const socket of open) socket.write('x-a: 1\r\n');
  }, 500);
  const close = () =>
    waitFor(() => open.size === 0, { withinMs: DRIPPING_MS, everyMs: 200 }).catch(() => null);
  const [slowest] = await slowestAnswer(healthOf(product), close);
  clearInterval(drip);
  const left = open.size;
  for (const socket of open) socket.destroy();
  ledger.note('vandal', left > 0 ? `${left} slow sockets are open after ${DRIPPING_MS} ms` : null);
  ledger.note('vandal', slowest > SLOWEST_MS ? `they held others up for ${slowest} ms` : null);
}

/** Joins again and again with the grant of a call that is over; then somebody else calls. */
export async function tryEndedGrant(
  product: Product,
  startCall: () => Promise<CreateWebCallResponse>,
  ledger: Ledger,
): Promise<void> {
  const ended = await startCall();
  await product.rest('POST', `/v1/web-calls/${ended.call_id}/terminate`, {});
  const url = `${ended.server_url}/rtc/v1?access_token=${ended.access_token}&${joinRequest()}`;
  const joined: WebSocket[] = [];
  for (let join = 0; join < JOINS; join += 1) {
    await openSocket(url).then(
      (socket) => joined.push(socket),
      () => undefined,
    );
    ledger.note('vandal', null);
  }
  const grant = await startCall();
  const peer = await NodePeer.enter(grant.server_url, grant.access_token);
  const isAnswered = await waitFor(
    async () => (await product.call(grant.call_id)).status === 'received',
    { timeoutMs: 15_000, what: 'the answer' },
  ).catch(() => false);
  await peer.leave();
  for (const socket of joined) socket.terminate();
  const record = await product.call(grant.call_id);
  ledger.note(
    'vandal',
    isAnswered ? null : `after an ended grant nobody answers: ${record.status}`,
  );
  const { turn_count: turns, status } = await product.call(ended.call_id);
  ledger.note('vandal', turns > 0 ? `the ended call went on: ${status}, ${turns} turns` : null);
}
