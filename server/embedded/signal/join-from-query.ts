// The join request of a client that speaks the older protocol, which sends it as query parameters.
import { ClientInfo, ConnectionSettings, JoinRequest } from '@livekit/protocol';
import { AccessError } from '../access-token.js';

/** Reads the parameters that this server uses. Throws `AccessError` for malformed attributes. */
export function joinFromQuery(query: URLSearchParams): JoinRequest {
  const autoSubscribe = query.get('auto_subscribe');
  return new JoinRequest({
    clientInfo: new ClientInfo({
      version: query.get('version') ?? '',
      protocol: toNumber(query.get('protocol')),
      clientProtocol: toNumber(query.get('client_protocol')),
    }),
    connectionSettings: new ConnectionSettings({
      autoSubscribe: !autoSubscribe || isTrue(autoSubscribe),
    }),
    reconnect: isTrue(query.get('reconnect')),
    participantSid: query.get('sid') ?? '',
    participantAttributes: readAttributes(query.get('attributes') ?? ''),
  });
}

function isTrue(text: string | null): boolean {
  return text === '1' || text === 'true';
}

function toNumber(text: string | null): number {
  return /^\d{1,9}$/.test(text ?? '') ? Number(text) : 0;
}

function readAttributes(text: string): Record<string, string> {
  if (!text) return {};
  try {
    const read: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    const entries = Object.entries(read as object);
    if (entries.every(([, value]) => typeof value === 'string')) return Object.fromEntries(entries);
  } catch {
    // Thrown below.
  }
  throw AccessError.badRequest('cannot decode attributes');
}
