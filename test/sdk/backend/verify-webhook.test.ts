/** Which webhooks a receiver trusts: against messages that other code has signed. */
import { createHmac } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { describe, expect, it } from 'vitest';
import { verifyWebhook } from '../../../sdk/backend/index.js';
import type { WebhookToVerify } from '../../../sdk/backend/index.js';

const SECRET = `whsec_${Buffer.from('a secret of thirty-two bytes, ok').toString('base64')}`;
const OTHER = `whsec_${Buffer.from('another one of thirty-two bytes.').toString('base64')}`;
const NOW = 1_800_000_000_000;
const event = {
  event_type: 'verification',
  payload: { message: 'Grüße', timestamp: '2026-11-23T10:00:00.000Z' },
};
const body = JSON.stringify(event);
const hex = createHmac('sha256', SECRET).update(body).digest('hex');
const headers: Record<string, string> = {
  'webhook-id': 'msg_1',
  'webhook-timestamp': String(NOW / 1_000),
  'webhook-signature': new Webhook(SECRET).sign('msg_1', new Date(NOW), body),
  'x-dialnexa-signature': hex,
};
const verify = (more: Partial<WebhookToVerify> = {}) =>
  verifyWebhook({ body, headers, secret: SECRET, now: NOW, ...more });
const refused = (more: Partial<WebhookToVerify>, code: string) =>
  expect(verify(more)).rejects.toMatchObject({ name: 'WebhookVerificationError', code });
const without = (name: string) =>
  Object.fromEntries(Object.entries(headers).filter(([one]) => one !== name));

describe('a webhook', () => {
  it('is taken by either signature, as bytes or text, with headers of Node or of fetch', async () => {
    expect(await verify()).toEqual(event);
    expect(await verify({ body: new TextEncoder().encode(body) })).toEqual(event);
    expect(await verify({ headers: new Headers(headers) })).toEqual(event);
    const loud = Object.entries(headers).map(([name, value]) => [name.toUpperCase(), [value]]);
    expect(await verify({ headers: Object.fromEntries(loud) as never })).toEqual(event);
    expect(await verify({ scheme: 'dialnexa' })).toEqual(event);
    const older = { 'x-dialnexa-signature': `sha256=${hex}` };
    expect(await verify({ scheme: 'dialnexa', headers: older })).toEqual(event);
  });

  it('is taken by any of several secrets, and any of several signatures', async () => {
    expect(await verify({ secret: [OTHER, SECRET] })).toEqual(event);
    const both = `${new Webhook(OTHER).sign('msg_1', new Date(NOW), body)} ${headers['webhook-signature']}`;
    const rotating = { ...headers, 'webhook-signature': both };
    expect(await verify({ headers: rotating })).toEqual(event);
    expect(await verify({ headers: rotating, secret: OTHER })).toEqual(event);
  });

  it.each(['webhook-id', 'webhook-timestamp', 'webhook-signature'])(
    'without %s is refused, whatever else it has',
    (name) => refused({ headers: without(name) }, 'signature_missing'),
  );

  it('that was changed, or signed by somebody else, is refused', async () => {
    await refused({ body: body.replace('Grüße', 'Gruß') }, 'signature_invalid');
    await refused({ secret: OTHER }, 'signature_invalid');
    await refused({ headers: { ...headers, 'webhook-id': 'msg_2' } }, 'signature_invalid');
    for (const bad of ['v1,', 'v1,!!!', 'v2,abc', 'v1a,abc', hex]) {
      await refused({ headers: { ...headers, 'webhook-signature': bad } }, 'signature_invalid');
    }
    const plain = { scheme: 'dialnexa', secret: OTHER } as const;
    await refused(plain, 'signature_invalid');
    for (const bad of ['0', hex.slice(2), `${hex}00`, 'z'.repeat(64)]) {
      const given = { 'x-dialnexa-signature': bad };
      await refused({ scheme: 'dialnexa', headers: given }, 'signature_invalid');
    }
    await refused({ scheme: 'dialnexa', headers: {} }, 'signature_missing');
  });

  it('that is older or newer than five minutes is refused, unless more is allowed', async () => {
    await refused({ now: NOW + 301_000 }, 'timestamp_out_of_range');
    await refused({ now: NOW - 301_000 }, 'timestamp_out_of_range');
    expect(await verify({ now: NOW + 301_000, toleranceSec: 600 })).toEqual(event);
    const odd = { ...headers, 'webhook-timestamp': 'soon' };
    await refused({ headers: odd }, 'timestamp_out_of_range');
  });

  it('that is no JSON is refused after its signature', async () => {
    const text = 'hello';
    const signature = new Webhook(SECRET).sign('msg_1', new Date(NOW), text);
    const signed = { ...headers, 'webhook-signature': signature };
    await refused({ body: text, headers: signed }, 'body_unreadable');
  });

  it('is not checked without a secret', async () => {
    await expect(verify({ secret: '' })).rejects.toThrow(TypeError);
  });
});
