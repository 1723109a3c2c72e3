/** The app over the real domain and a real database; only LiveKit and the clock are fakes. */
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SignJWT, decodeJwt } from 'jose';
import { inject } from 'vitest';
import { readDemoAgent } from '../../server/demo/demo-agent.js';
import { ensureDemo } from '../../server/demo/ensure-demo.js';
import { createDomain } from '../../server/domain/create-domain.js';
import { signRecordingLink } from '../../server/http/links/recording-link.js';
import { createWebhookSender } from '../../server/network/webhook-sender.js';
import { readWebhook, verifyWebhook } from '../../server/livekit/webhook.js';
import { openFolderObjectStore } from '../../server/store/folder-object-store.js';
import { openStore } from '../../server/store/open-store.js';
import { FakeLivekit } from '../fakes/fake-livekit.js';
import { copyDatabase } from './copy-database.js';
import { copyPgliteTemplate } from './pglite-template.mjs';
import { LINK_SECRET, jsonPost, testApp } from './test-app.js';
import type { CreateWebCallResponse } from '../../sdk/wire/web-call.js';
import type { DomainPorts } from '../../server/domain/ports/domain-ports.js';
import type { Call } from '../../sdk/wire/call.js';

export const HOME = 'http://127.0.0.1:18000';

export type RealApp = Awaited<ReturnType<typeof realApp>>;

/** `databaseUrl`: on PostgreSQL instead; the project `on-postgres` gives each app a database of its own. */
export async function realApp(
  options: Parameters<typeof testApp>[1] = {},
  ports: Partial<DomainPorts> = {},
  givenUrl?: string,
) {
  const folder = mkdtempSync(join(tmpdir(), 'dialnexa-real-'));
  const shared = inject('postgresUrl');
  const databaseUrl = givenUrl ?? (shared ? await copyDatabase(shared) : undefined);
  if (!databaseUrl) copyPgliteTemplate(folder);
  const store = await openStore(databaseUrl ? { databaseUrl } : { dataDir: folder });
  const media = new FakeLivekit();
  const clock = { at: Date.now(), now: () => new Date(clock.at) };
  const domain = createDomain({
    store,
    media,
    objects: openFolderObjectStore(folder),
    clock,
    isProviderConfigured: (_part, name) => name === 'offline',
    agentName: 'dialnexa',
    mediaUrl: 'ws://livekit.example',
    webhooks: createWebhookSender({ allowsPrivate: true }),
    recordingLink: (callId, until) => HOME + signRecordingLink(LINK_SECRET, callId, until),
    ...ports,
  });
  const first = await ensureDemo({ store, clock }, { agent: readDemoAgent(), origins: [HOME] });
  if (!first) throw new Error('no first run');
  const { app, request, log } = testApp(domain, {
    webhook: {
      verify: (authorization) => verifyWebhook(media.config, authorization),
      read: readWebhook,
    },
    ...options,
  });
  const secret = { authorization: `Bearer ${first.secret_key}` };
  const page = { authorization: `Bearer ${first.publishable_key}`, origin: HOME };

  const api = async (method: string, path: string, body?: unknown, headers = secret as object) => {
    const init = body === undefined ? { headers: { ...headers } } : jsonPost(body, { ...headers });
    const answer = await request(path, { ...init, method });
    const text = await answer.text();
    return { status: answer.status, body: (text ? JSON.parse(text) : null) as never };
  };
  const createCall = async (
    body: object = { agent_id: first.agent_id },
    headers = page as object,
  ) => {
    const answer = await api('POST', '/v1/web-calls', body, headers);
    return {
      status: answer.status,
      body: answer.body as CreateWebCallResponse & { code?: string },
    };
  };
  const roomOf = (grant: CreateWebCallResponse) =>
    (decodeJwt(grant.access_token).video as { room: string }).room;
  const readCall = async (id: string) => (await api('GET', `/v1/calls/${id}`)).body as Call;
  const webhook = async (event: object) => {
    const text = JSON.stringify(event);
    const sha256 = createHash('sha256').update(text).digest('base64');
    const token = await new SignJWT({ sha256 })
      .setProtectedHeader({ alg: 'HS256' })
      .setIssuer(media.config.apiKey)
      .setExpirationTime('5m')
      .sign(new TextEncoder().encode(media.config.apiSecret));
    const headers = { 'content-type': 'application/webhook+json', authorization: token };
    return (await request('/livekit/webhook', { method: 'POST', headers, body: text })).status;
  };
  /** LiveKit says that the caller is there. */
  const joinCaller = (grant: CreateWebCallResponse) =>
    webhook({
      event: 'participant_joined',
      id: `EV_${grant.call_id}`,
      room: { name: roomOf(grant) },
      participant: { sid: 'PA_1', identity: decodeJwt(grant.access_token).sub },
    });
  const close = async () => {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  };
  return {
    app,
    request,
    log,
    api,
    createCall,
    roomOf,
    readCall,
    webhook,
    joinCaller,
    close,
    clock,
    domain,
    media,
    store,
    first,
    secret,
    page,
  };
}
