/** Checks that a webhook comes from the server, and reads it. Needs nothing but WebCrypto. */
import type { WebhookEvent } from '../wire/webhook.js';

/** Why a webhook is refused. */
export type WebhookErrorCode =
  'signature_missing' | 'signature_invalid' | 'timestamp_out_of_range' | 'body_unreadable';

/**
 * A webhook that must not be trusted: answer it with a 4xx.
 *
 * @example
 * if (error instanceof WebhookVerificationError) response.writeHead(400).end(error.code);
 */
export class WebhookVerificationError extends Error {
  readonly code: WebhookErrorCode;

  constructor(code: WebhookErrorCode, message: string) {
    super(message);
    this.name = 'WebhookVerificationError';
    this.code = code;
  }
}

/** Headers of a request: of `fetch`, or of Node. */
export type WebhookHeaders =
  | { get(name: string): string | null }
  | Readonly<Record<string, string | readonly string[] | undefined>>;

/** A webhook as it arrived. */
export interface WebhookToVerify {
  /** The bytes of the body as they arrived, or their text: never parsed and written anew. */
  body: string | Uint8Array;
  headers: WebhookHeaders;
  /** `whsec_…`; several while a receiver changes from one to the next. */
  secret: string | readonly string[];
  /**
   * Which signature counts. `standard` (default): Standard Webhooks, which also tells a message from its repetition by
   * somebody else. `dialnexa`: `x-dialnexa-signature`, which covers the body only.
   */
  scheme?: 'standard' | 'dialnexa';
  /** How far the sender's clock may be from this one, in seconds. Default 300. Only for `standard`. */
  toleranceSec?: number;
  /** Now, in ms since 1970. Default: this machine's clock. */
  now?: number;
}

const encoder = new TextEncoder();

/**
 * Resolves with the event when one of the signatures was made with one of the secrets. Compares in constant time. Rejects
 * with a `WebhookVerificationError`.
 *
 * @example
 * const event = await verifyWebhook({ body: rawBody, headers: request.headers, secret });
 * if (event.event_type === 'call_ended') save(event.payload.call);
 */
export async function verifyWebhook(webhook: WebhookToVerify): Promise<WebhookEvent> {
  const { body, secret, scheme = 'standard' } = webhook;
  const bytes = typeof body === 'string' ? encoder.encode(body) : body;
  const secrets = typeof secret === 'string' ? [secret] : secret;
  const signed =
    scheme === 'standard' ? standardMessage(webhook, bytes) : plainMessage(webhook, bytes);
  let isGood = false;
  for (const one of secrets) {
    const key = await keyOf(signed.secretBytes(one));
    for (const signature of signed.signatures) {
      if (await crypto.subtle.verify('HMAC', key, signature, signed.message)) isGood = true;
    }
  }
  if (!isGood) throw new WebhookVerificationError('signature_invalid', 'No signature fits.');
  return read(bytes);
}

interface SignedMessage {
  message: Uint8Array<ArrayBuffer>;
  signatures: Uint8Array<ArrayBuffer>[];
  secretBytes(secret: string): Uint8Array<ArrayBuffer>;
}

/** https://www.standardwebhooks.com: HMAC-SHA256 of `id.timestamp.body`, as base64 behind `v1,`. */
function standardMessage(webhook: WebhookToVerify, body: Uint8Array): SignedMessage {
  const { headers, toleranceSec = 300, now = Date.now() } = webhook;
  const id = header(headers, 'webhook-id');
  const timestamp = header(headers, 'webhook-timestamp');
  const signatures = header(headers, 'webhook-signature');
  if (!/^\d{1,12}$/.test(timestamp) || Math.abs(now / 1_000 - Number(timestamp)) > toleranceSec) {
    const message = `webhook-timestamp is not within ${toleranceSec} s of this clock.`;
    throw new WebhookVerificationError('timestamp_out_of_range', message);
  }
  const head = encoder.encode(`${id}.${timestamp}.`);
  const message = new Uint8Array(head.length + body.length);
  message.set(head);
  message.set(body, head.length);
  return {
    message,
    signatures: signatures
      .split(' ')
      .filter((one) => one.startsWith('v1,'))
      .map((one) => fromBase64(one.slice(3))),
    secretBytes: (secret) => fromBase64(secret.replace(/^whsec_/, '')),
  };
}

/** HMAC-SHA256 of the body in hex; the key is the secret's text. Older senders put `sha256=` before it. */
function plainMessage({ headers }: WebhookToVerify, body: Uint8Array): SignedMessage {
  const hex = header(headers, 'x-dialnexa-signature').replace(/^sha256=/, '');
  const bytes = /^[0-9a-f]{64}$/i.test(hex) ? (hex.match(/../g) ?? []) : [];
  return {
    message: Uint8Array.from(body),
    signatures: [Uint8Array.from(bytes, (pair) => parseInt(pair, 16))],
    secretBytes: (secret) => encoder.encode(secret),
  };
}

function header(headers: WebhookHeaders, name: string): string {
  const found =
    typeof headers.get === 'function'
      ? (headers as { get(name: string): string | null }).get(name)
      : ownHeader(
          headers as Readonly<Record<string, string | readonly string[] | undefined>>,
          name,
        );
  const value = typeof found === 'string' ? found : found?.[0];
  if (value) return value;
  throw new WebhookVerificationError('signature_missing', `There is no ${name} header.`);
}

function ownHeader(
  headers: Readonly<Record<string, string | readonly string[] | undefined>>,
  name: string,
): string | readonly string[] | undefined {
  const key = Object.keys(headers).find((one) => one.toLowerCase() === name);
  return key === undefined ? undefined : headers[key];
}

/** What is no base64 becomes no bytes, which fit nothing. */
function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  try {
    return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  } catch {
    return new Uint8Array();
  }
}

function keyOf(bytes: Uint8Array<ArrayBuffer>): Promise<CryptoKey> {
  if (bytes.length === 0) throw new TypeError('verifyWebhook needs a secret, whsec_….');
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  return crypto.subtle.importKey('raw', bytes, algorithm, false, ['verify']);
}

function read(bytes: Uint8Array): WebhookEvent {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as WebhookEvent;
  } catch {
    throw new WebhookVerificationError('body_unreadable', 'The body is no JSON.');
  }
}
