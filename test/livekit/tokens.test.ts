/** Tokens that we mint and tokens that we are shown. */
import { createHash } from 'node:crypto';
import { SignJWT, decodeJwt, decodeProtectedHeader } from 'jose';
import { TokenVerifier } from 'livekit-server-sdk';
import { describe, expect, it } from 'vitest';
import { verifyAgentToken } from '../../server/livekit/agent-token.js';
import { mintJoinToken } from '../../server/livekit/join-token.js';
import { readWebhook, verifyWebhook } from '../../server/livekit/webhook.js';

const config = {
  url: 'ws://127.0.0.1:1',
  apiKey: 'testkey',
  apiSecret: 'a-secret-of-at-least-32-characters!!',
};
const secret = new TextEncoder().encode(config.apiSecret);
const now = new Date();

describe('mintJoinToken', () => {
  it('grants one room and nothing more, and LiveKit’s own verifier takes it', async () => {
    const token = await mintJoinToken(config, {
      roomName: 'call_room_x',
      identity: 'caller_x',
      agentName: 'dialnexa',
      agentMetadata: '{"call_id":"call_1"}',
      issuedAt: now,
      expiresAt: new Date(now.getTime() + 120_000),
      emptyTimeoutSec: 60,
      departureTimeoutSec: 10,
      maxParticipants: 2,
    });
    expect(decodeProtectedHeader(token)).toEqual({ alg: 'HS256' });
    const claims = decodeJwt(token);
    expect(claims.video).toEqual({
      roomJoin: true,
      room: 'call_room_x',
      canPublish: true,
      canSubscribe: true,
      canPublishData: true,
      canPublishSources: ['microphone'],
    });
    expect((claims.exp ?? 0) - (claims.nbf ?? 0)).toBe(120);
    const verified = await new TokenVerifier(config.apiKey, config.apiSecret).verify(token);
    expect(verified.roomConfig?.agents?.[0]?.agentName).toBe('dialnexa');
    expect(verified.sub).toBe('caller_x');
  });
});

describe('verifyWebhook', () => {
  const text = JSON.stringify({
    event: 'participant_left',
    id: 'EV_1',
    createdAt: '1790000000',
    room: { name: 'call_room_x' },
    participant: {
      sid: 'PA_1',
      identity: 'agent-1',
      kind: 'AGENT',
      disconnectReason: 'CLIENT_INITIATED',
    },
  });
  const body = new TextEncoder().encode(text);
  const sign = (claims: Record<string, unknown>, key = secret, issuer = config.apiKey) =>
    new SignJWT(claims)
      .setProtectedHeader({ alg: 'HS256' })
      .setIssuer(issuer)
      .setExpirationTime('5m')
      .sign(key);
  const sha256 = createHash('sha256').update(body).digest('base64');

  it('reads what LiveKit signed', async () => {
    const isSigned = await verifyWebhook(config, await sign({ sha256 }));
    expect(isSigned?.(body)).toBe(true);
    expect(readWebhook(JSON.parse(text))).toEqual({
      id: 'EV_1',
      event: 'participant_left',
      createdAt: new Date(1_790_000_000_000),
      roomName: 'call_room_x',
      participant: {
        sid: 'PA_1',
        identity: 'agent-1',
        kind: 'agent',
        disconnectReason: 'CLIENT_INITIATED',
      },
    });
  });

  it('refuses everything else', async () => {
    const other = new TextEncoder().encode(text.replace('agent-1', 'agent-2'));
    const wrong = new TextEncoder().encode('another-secret-of-32-characters!!!!');
    const valid = await sign({ sha256 });
    expect((await verifyWebhook(config, valid))?.(other)).toBe(false);
    expect((await verifyWebhook(config, await sign({ sha256: 'AAAA' })))?.(body)).toBe(false);
    expect(await verifyWebhook(config, undefined)).toBeNull();
    expect(await verifyWebhook(config, 'nonsense')).toBeNull();
    expect(await verifyWebhook(config, await sign({}))).toBeNull();
    expect(await verifyWebhook(config, await sign({ sha256 }, wrong))).toBeNull();
    expect(await verifyWebhook(config, await sign({ sha256 }, secret, 'other'))).toBeNull();
    const later = new Date(now.getTime() + 7 * 60_000);
    expect(await verifyWebhook(config, valid, later)).toBeNull();
    const slow = new Date(now.getTime() + 5.5 * 60_000);
    expect(await verifyWebhook(config, valid, slow)).not.toBeNull();
    const none = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${valid.split('.')[1] ?? ''}.`;
    expect(await verifyWebhook(config, none)).toBeNull();
    for (const json of [null, 1, [], {}, { event: 'x' }, { id: 'EV_1', event: 7 }]) {
      expect(readWebhook(json)).toBeNull();
    }
  });
});

describe('verifyAgentToken', () => {
  const sign = (claims: Record<string, unknown>) =>
    new SignJWT(claims)
      .setProtectedHeader({ alg: 'HS256' })
      .setIssuer(config.apiKey)
      .setSubject('agent-1')
      .setExpirationTime('1h')
      .sign(secret);

  it('tells the room of an agent, and refuses a caller or a worker without a room', async () => {
    const video = { roomJoin: true, room: 'r' };
    const agent = await sign({ kind: 'agent', video });
    expect(await verifyAgentToken(config, agent)).toEqual({ roomName: 'r', identity: 'agent-1' });
    expect(await verifyAgentToken(config, await sign({ video }))).toBeNull();
    expect(await verifyAgentToken(config, await sign({ kind: 'agent' }))).toBeNull();
    const worker = await sign({ kind: 'agent', video: { agent: true } });
    expect(await verifyAgentToken(config, worker)).toBeNull();
    const later = new Date(now.getTime() + 2 * 3_600_000);
    expect(await verifyAgentToken(config, agent, later)).toBeNull();
  });
});
