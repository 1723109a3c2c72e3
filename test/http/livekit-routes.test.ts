/** LiveKit's token endpoint and webhook. */
import { createHash } from 'node:crypto';
import { SignJWT } from 'jose';
import { describe, expect, it, vi } from 'vitest';
import { readWebhook, verifyWebhook } from '../../server/livekit/webhook.js';
import { PUBLISHABLE_KEY, SECRET_KEY, SHOP } from '../fakes/fake-verbs.js';
import { jsonPost, testApp } from '../support/test-app.js';

describe('POST /v1/livekit/token', () => {
  const grant = {
    call_id: 'call_1',
    type: 'web',
    status: 'created',
    agent_id: 'agent_1',
    agent_name: 'x',
    agent_version_id: 'av_1',
    agent_version_number: 1,
    server_url: 'ws://livekit',
    access_token: 'jwt',
    call_token: 'ct',
    expires_at: '2026-11-23T10:00:00.000Z',
  } as const;
  const auth = { authorization: `Bearer ${PUBLISHABLE_KEY}`, origin: SHOP };

  it('speaks LiveKit’s shape and takes members that it does not read', async () => {
    const createWebCall = vi.fn(() => Promise.resolve(grant));
    const { request } = testApp({ createWebCall });
    const body = {
      room_name: 'mine',
      participant_name: 'Ada',
      room_config: { agents: [{ agent_name: 'agent_1', attributes: {} }], tags: {} },
    };
    const answer = await request('/v1/livekit/token', jsonPost(body, auth));
    expect(answer.status).toBe(201);
    expect(await answer.json()).toMatchObject({
      server_url: 'ws://livekit',
      participant_token: 'jwt',
    });
    expect(createWebCall).toHaveBeenCalledWith(
      expect.objectContaining({ entryPoint: 'livekit_token', origin: SHOP }),
      { agent_id: 'agent_1', metadata: { participant_name: 'Ada' } },
    );
  });

  it('keeps no more of the participant than a call’s metadata may hold', async () => {
    const { request } = testApp({ createWebCall: () => Promise.resolve(grant) });
    const room_config = { agents: [{ agent_name: 'agent_1' }] };
    const status = async (about: object) =>
      (await request('/v1/livekit/token', jsonPost({ room_config, ...about }, auth))).status;
    const many = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, n) => [`k${n}`, 'v'.repeat(1_900)]));
    expect(await status({ participant_attributes: many(8) })).toBe(201);
    expect(await status({ participant_attributes: many(9) })).toBe(400);
    expect(await status({ participant_metadata: '€'.repeat(6_000) })).toBe(400);
  });

  it('needs an agent, a publishable key and its origin', async () => {
    const { request } = testApp();
    const body = { room_config: { agents: [{ agent_name: 'agent_1' }] } };
    const status = async (given: unknown, headers: Record<string, string>) =>
      (await request('/v1/livekit/token', jsonPost(given, headers))).status;
    expect(await status({}, auth)).toBe(400);
    expect(await status(body, { ...auth, origin: 'https://evil.example' })).toBe(403);
    expect(await status(body, { authorization: `Bearer ${SECRET_KEY}` })).toBe(403);
  });
});

describe('POST /livekit/webhook', () => {
  const config = { url: 'ws://x', apiKey: 'k', apiSecret: 's'.repeat(32) };
  const webhook = {
    verify: (authorization?: string) => verifyWebhook(config, authorization),
    read: readWebhook,
  };
  const body = JSON.stringify({ event: 'room_started', id: 'EV_1', room: { name: 'r' } });
  const sign = (text: string) =>
    new SignJWT({ sha256: createHash('sha256').update(text).digest('base64') })
      .setProtectedHeader({ alg: 'HS256' })
      .setIssuer('k')
      .setExpirationTime('5m')
      .sign(new TextEncoder().encode(config.apiSecret));
  const post = async (app: ReturnType<typeof testApp>, text: string, authorization: string) =>
    app.request('/livekit/webhook', {
      method: 'POST',
      headers: { 'content-type': 'application/webhook+json', authorization },
      body: text,
    });

  it('hands on what LiveKit signed', async () => {
    const applyRoomEvent = vi.fn(() => Promise.resolve());
    const app = testApp({ applyRoomEvent }, { webhook });
    const answer = await post(app, body, await sign(body));
    expect(answer.status).toBe(200);
    expect(applyRoomEvent).toHaveBeenCalledWith(
      expect.objectContaining({ id: 'EV_1', roomName: 'r' }),
    );
  });

  it('drops a forged one, and one that is too long', async () => {
    const applyRoomEvent = vi.fn(() => Promise.resolve());
    const app = testApp({ applyRoomEvent }, { webhook });
    expect((await post(app, body.replace('"r"', '"other"'), await sign(body))).status).toBe(401);
    expect((await post(app, body, 'nonsense')).status).toBe(401);
    const long = JSON.stringify({ event: 'x'.repeat(300_000) });
    expect((await post(app, long, await sign(long))).status).toBe(413);
    expect(applyRoomEvent).not.toHaveBeenCalled();
  });

  it('tells what is wrong with one that LiveKit signed and that is none', async () => {
    const applyRoomEvent = vi.fn(() => Promise.resolve());
    const app = testApp({ applyRoomEvent }, { webhook });
    const refused = async (text: string) => {
      const answer = await post(app, text, await sign(text));
      return [answer.status, ((await answer.json()) as { code: string }).code];
    };
    expect(await refused('{"event":')).toEqual([400, 'invalid_json']);
    expect(await refused('{}')).toEqual([400, 'validation_failed']);
    const room = { event: 'room_started', id: 'EV_1', room: { name: 'r\u0000' } };
    expect(await refused(JSON.stringify(room))).toEqual([400, 'validation_failed']);
    expect(applyRoomEvent).not.toHaveBeenCalled();
  });

  it('lets LiveKit try again when it could not be stored', async () => {
    const applyRoomEvent = () => Promise.reject(new Error('no database'));
    const app = testApp({ applyRoomEvent }, { webhook });
    expect((await post(app, body, await sign(body))).status).toBe(500);
  });
});
