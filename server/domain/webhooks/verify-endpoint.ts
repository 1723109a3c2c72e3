/** Asks an address whether it takes webhooks. */
import type { WebhookTest } from '../../../sdk/wire/webhook.js';
import { newId } from '../ids.js';
import type { DomainPorts } from '../ports/domain-ports.js';
import type { WebhookAnswer } from '../ports/webhook-sender.js';
import { signedHeaders } from './sign-delivery.js';
import { verificationBody } from './webhook-body.js';

/** Sends a `verification` once. */
export async function verify(
  { webhooks, clock }: DomainPorts,
  url: string,
  secrets: readonly string[],
): Promise<WebhookTest> {
  const at = clock.now();
  const body = verificationBody(at);
  const headers = signedHeaders({ id: newId('msg'), body, at }, secrets, true);
  const answer = await webhooks.send({ url, headers, body });
  const error = faultOf(answer);
  return {
    is_success: error === null,
    response_status: answer.status,
    response_body: answer.body,
    error,
    duration_ms: answer.durationMs,
  };
}

/** Why an answer is no success, in one sentence; `null`: it is one. */
export function faultOf({ status, error }: WebhookAnswer): string | null {
  if (status === null) return error ?? 'No answer came.';
  if (status >= 200 && status < 300) return null;
  if (status >= 300 && status < 400) return `It answered ${status}; redirects are not followed.`;
  return `It answered ${status}.`;
}
