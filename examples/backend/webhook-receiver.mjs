/**
 * Receives webhooks of calls: checks their signature, stores each event once, and registers itself with the server.
 *
 *   ALLOW_PRIVATE_WEBHOOK_HOSTS=1 npm start      # in another terminal; prints the secret key
 *   DIALNEXA_SECRET_KEY=dnx_sk_… node examples/backend/webhook-receiver.mjs [folder]
 *
 * In production the address is yours (`RECEIVER_URL`, https), and the secret stays the same (`WEBHOOK_SECRET`).
 */
import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import { appendFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { BackendClient, verifyWebhook, WebhookVerificationError } from '@dialnexa/web-call/backend';

const { DIALNEXA_SERVER_URL: serverUrl = 'http://127.0.0.1:8787', DIALNEXA_SECRET_KEY: secretKey } =
  process.env;
const port = Number(process.env.PORT ?? 8788);
const url = process.env.RECEIVER_URL ?? `http://127.0.0.1:${port}/hooks`;
const secret = process.env.WEBHOOK_SECRET ?? `whsec_${randomBytes(32).toString('base64')}`;
const folder = process.argv[2] ?? 'webhooks';
const MOST_BYTES = 8 * 1024 * 1024;

if (!secretKey) {
  console.error('Set DIALNEXA_SECRET_KEY to the secret key that `npm start` printed.');
  process.exit(1);
}

mkdirSync(folder, { recursive: true });
const file = join(folder, 'events.ndjson');
/** Ids of the events in the file: one that comes again is answered, and not stored again. */
const seen = new Set(storedIds());
let writing = Promise.resolve();

const server = createServer(async (request, response) => {
  try {
    const body = await rawBody(request);
    const event = await verifyWebhook({ body, headers: request.headers, secret });
    const id = request.headers['webhook-id'];
    // One at a time, and answered only when it is in the file: what is not answered comes again.
    writing = writing.then(() => store(id, event));
    await writing;
    response.writeHead(204).end();
  } catch (error) {
    const isForged = error instanceof WebhookVerificationError;
    if (!isForged) console.error(error);
    response.writeHead(isForged ? 400 : 500).end(isForged ? error.code : '');
  }
});

server.listen(port, '127.0.0.1', async () => {
  const backend = new BackendClient({ serverUrl, secretKey });
  const webhook = await backend.webhooks.create({ url, secret, description: 'Example' });
  console.log(`Open ${serverUrl}/ and start a call: what is told of it goes to ${file}.`);
  const stop = async () => {
    await backend.webhooks.delete(webhook.id);
    process.exit(0);
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
});

async function store(id, event) {
  if (event.event_type === 'verification' || seen.has(id)) return;
  await appendFile(file, `${JSON.stringify({ id, ...event })}\n`);
  seen.add(id);
  const { call } = event.payload;
  console.log(`${event.event_type} ${call.id} ${call.status}`);
}

function storedIds() {
  try {
    const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean);
    return lines.map((line) => JSON.parse(line).id);
  } catch {
    return [];
  }
}

async function rawBody(request) {
  const parts = [];
  let size = 0;
  for await (const part of request) {
    size += part.length;
    if (size > MOST_BYTES) throw new Error('the body is too large');
    parts.push(part);
  }
  return Buffer.concat(parts);
}
