/** LiveKit's webhooks: the signature first, then the body's hash, only then the body. */
import { createHash, timingSafeEqual } from 'node:crypto';
import { jwtVerify } from 'jose';
import { asObject } from './as-object.js';
import { secretBytes } from './livekit-config.js';
import type { LivekitConfig } from './livekit-config.js';

/** LiveKit's event as it stands in the body; unknown members are ignored. */
export interface LivekitWebhook {
  id: string;
  event: string;
  createdAt: Date | null;
  roomName: string | null;
  participant: WebhookParticipant | null;
}

/** The participant that an event is about. */
export interface WebhookParticipant {
  sid: string;
  identity: string;
  kind: 'caller' | 'agent' | 'other';
  disconnectReason: string | null;
}

/**
 * Answers what tells the body that LiveKit signed from every other; `null` when LiveKit signed none. The body
 * need not have come yet.
 */
export async function verifyWebhook(
  config: LivekitConfig,
  authorization: string | undefined,
  now: Date = new Date(),
): Promise<((body: Uint8Array) => boolean) | null> {
  if (!authorization) return null;
  const token = authorization.replace(/^Bearer /i, '');
  try {
    const { payload } = await jwtVerify(token, secretBytes(config), {
      algorithms: ['HS256'],
      issuer: config.apiKey,
      requiredClaims: ['exp', 'sha256'],
      clockTolerance: 60,
      currentDate: now,
    });
    const claimed = payload.sha256;
    return typeof claimed === 'string' ? (body) => sameHash(claimed, body) : null;
  } catch {
    return null;
  }
}

function sameHash(claimed: string, body: Uint8Array): boolean {
  const actual = createHash('sha256').update(body).digest();
  const given = Buffer.from(claimed, 'base64');
  return given.length === actual.length && timingSafeEqual(given, actual);
}

/** Answers the event that the body tells of; `null` when it tells of none. */
export function readWebhook(json: unknown): LivekitWebhook | null {
  const event = asObject(json);
  const name = asString(event?.event);
  const id = asString(event?.id);
  if (!event || !name || !id) return null;
  return {
    id,
    event: name,
    createdAt: readSeconds(event.createdAt),
    roomName: asString(asObject(event.room)?.name),
    participant: readParticipant(asObject(event.participant)),
  };
}

function readParticipant(value: Record<string, unknown> | null): WebhookParticipant | null {
  const identity = asString(value?.identity);
  if (!value || !identity) return null;
  return {
    sid: asString(value.sid) ?? '',
    identity,
    kind: participantKind(value.kind),
    disconnectReason: asString(value.disconnectReason),
  };
}

/** Protojson leaves out the zero value, which is the standard kind. */
export function participantKind(kind: unknown): WebhookParticipant['kind'] {
  if (kind === undefined || kind === 'STANDARD' || kind === 0) return 'caller';
  return kind === 'AGENT' || kind === 4 ? 'agent' : 'other';
}

function readSeconds(value: unknown): Date | null {
  const seconds = Number(value);
  return Number.isFinite(seconds) && seconds > 0 ? new Date(seconds * 1000) : null;
}

function asString(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
