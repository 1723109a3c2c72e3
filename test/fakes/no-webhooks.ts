/** A sender for tests in which nothing is sent. */
import type { WebhookSender } from '../../server/domain/ports/webhook-sender.js';

/** Rejects whatever is to be sent. */
export const NO_WEBHOOKS: WebhookSender = {
  allowsPrivate: false,
  send: () => Promise.reject(new Error('this test sends no webhooks')),
};
