/** The headers of a delivery: its signatures, and what they cover. */
import { createHmac } from 'node:crypto';
import { Webhook } from 'standardwebhooks';

/** What is signed. */
export interface SignedMessage {
  /** `webhook-id`. */
  id: string;
  body: string;
  at: Date;
}

/** The headers that need no secret. */
export function plainHeaders(
  { id, at }: SignedMessage,
  isVerification: boolean,
): Record<string, string> {
  return {
    'content-type': 'application/json',
    'user-agent': `DialNexa-External-Webhook${isVerification ? '-Verification' : ''}/1.0`,
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
  };
}

/**
 * Every header, signed both ways: `webhook-signature` as Standard Webhooks has it, with one signature for each secret;
 * `x-dialnexa-signature` as the platform has it, HMAC-SHA256 of the body in hex with the text of the first, the newest.
 */
export function signedHeaders(
  message: SignedMessage,
  secrets: readonly string[],
  isVerification = false,
): Record<string, string> {
  const { id, body, at } = message;
  const [newest = ''] = secrets;
  return {
    ...plainHeaders(message, isVerification),
    'webhook-signature': secrets.map((one) => new Webhook(one).sign(id, at, body)).join(' '),
    'x-dialnexa-signature': createHmac('sha256', newest).update(body).digest('hex'),
  };
}
