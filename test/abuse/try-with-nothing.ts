/** Somebody without any credential, or with one that is made up, tries every operation and every door beside them. */
import { createHash, randomBytes } from 'node:crypto';
import { SignJWT, UnsecuredJWT } from 'jose';
import type { Product } from '../e2e/product.js';
import type { Ledger } from './ledger.js';
import { fill, type Operation } from './operations.js';

const SECRETS = /dnx_[ps]k_\w{8}|"@dialnexa\/web-call"|root:x:0/;

/** Everything that an address of somebody else's could send. */
export async function tryWithNothing(
  product: Product,
  operations: readonly Operation[],
  ids: Record<string, string>,
  ledger: Ledger,
): Promise<void> {
  const credentials = await madeUpCredentials();
  for (const operation of operations.filter((one) => one.isGuarded)) {
    const path = fill(operation.path, ids);
    for (const [name, authorization] of credentials) {
      const answer = await fetch(`${product.url}${path}`, {
        method: operation.method,
        headers: {
          ...(authorization === null ? {} : { authorization }),
          ...(operation.method === 'GET' ? {} : { 'content-type': 'application/json' }),
        },
        ...(operation.method === 'GET' ? {} : { body: '{}' }),
      });
      await answer.arrayBuffer();
      const isRefused = [400, 401, 403, 404, 415, 422, 429].includes(answer.status);
      ledger.note(
        'nobody',
        isRefused ? null : `${operation.method} ${path}, ${name}: ${answer.status}`,
      );
    }
  }
  for (const path of oddPaths(ids.call_id ?? '')) {
    const answer = await fetch(`${product.url}${path}`, { redirect: 'manual' });
    const text = await answer.text();
    const isIn = answer.status >= 500 || (answer.ok && SECRETS.test(text));
    ledger.note('nobody', isIn ? `${path}: ${answer.status}` : null);
  }
  for (const [name, headers, body] of await forgedWebhooks()) {
    const answer = await fetch(`${product.url}/livekit/webhook`, { method: 'POST', headers, body });
    ledger.note('nobody', answer.status === 401 ? null : `a webhook ${name}: ${answer.status}`);
  }
}

async function madeUpCredentials(): Promise<[string, string | null][]> {
  const claims = { video: { roomAdmin: true, roomJoin: true, room: 'x' } };
  const signed = await new SignJWT(claims)
    .setProtectedHeader({ alg: 'HS256' })
    .setIssuer('devkey')
    .setExpirationTime('5m')
    .sign(randomBytes(32));
  const unsigned = new UnsecuredJWT(claims).setIssuer('devkey').encode();
  return [
    ['without a credential', null],
    ['an empty Bearer', 'Bearer '],
    ['a secret key that is made up', `Bearer dnx_sk_${randomBytes(24).toString('base64url')}`],
    ['a publishable key that is made up', `Bearer dnx_pk_${randomBytes(24).toString('base64url')}`],
    ['a call token that is made up', `Bearer dnx_call_${randomBytes(24).toString('base64url')}`],
    ['a token of a key that is made up', `Bearer ${signed}`],
    ['an unsigned token', `Bearer ${unsigned}`],
    ['another scheme', `Basic ${Buffer.from('admin:admin').toString('base64')}`],
    ['a credential of 7,000 characters', `Bearer ${'x'.repeat(7_000)}`],
  ];
}

function oddPaths(callId: string): string[] {
  const up = ['..%2f', '%2e%2e/', '..%5c', '....//', '%252e%252e%252f', '..;/'];
  const files = ['package.json', 'etc/passwd', '.data/livekit.json', 'server/main.js'];
  const folders = ['/', '/console/', '/docs/', '/chunks/'];
  return [
    ...folders.flatMap((folder) =>
      up.flatMap((step) => files.map((file) => `${folder}${step.repeat(6)}${file}`)),
    ),
    `/v1/recordings/${callId}`,
    `/v1/recordings/${callId}?expires=99999999999&signature=${'0'.repeat(64)}`,
    `/v1/recordings/${callId}?expires=${'9'.repeat(400)}&signature=x`,
    `/v1/recordings/..%2f..%2f${callId}`,
  ];
}

async function forgedWebhooks(): Promise<[string, Record<string, string>, string][]> {
  const body = JSON.stringify({
    event: 'room_finished',
    id: 'EV_x',
    room: { name: 'call_room_x' },
  });
  const sha256 = createHash('sha256').update(body).digest('base64');
  const type = { 'content-type': 'application/webhook+json' };
  const sign = (key: Uint8Array, hash: string): Promise<string> =>
    new SignJWT({ sha256: hash })
      .setProtectedHeader({ alg: 'HS256' })
      .setIssuer('devkey')
      .setExpirationTime('5m')
      .sign(key);
  return [
    ['that nobody signed', type, body],
    [
      'signed with another key',
      { ...type, authorization: await sign(randomBytes(32), sha256) },
      body,
    ],
    [
      'without a signature',
      { ...type, authorization: new UnsecuredJWT({ sha256 }).encode() },
      body,
    ],
    ['signed for another body', { ...type, authorization: await sign(randomBytes(32), 'x') }, body],
    ['with a Bearer', { ...type, authorization: 'Bearer x' }, body],
  ];
}
