/** `Idempotency-Key` on a create: the same request again gets the same answer. */
import { createHash, createHmac } from 'node:crypto';
import { HttpError } from '../errors/http-error.js';
import { openAnswer, sealAnswer } from './sealed-answer.js';
import type { Context } from 'hono';
import type { HttpEnv } from '../routing/http-env.js';
import type { Domain } from '../../domain/create-domain.js';
import type { IdempotentRequest } from '../../domain/idempotency/idempotent.js';
import type { Principal } from '../../domain/keys/principal.js';

const UNREADABLE =
  'This Idempotency-Key was used before the server’s secret changed; its answer cannot be read.';

/** Runs `create` once per key, of a visitor where the key is a page's; answers what it gave, then or before. */
export async function idempotently<T>(
  c: Context<HttpEnv>,
  { verbs, linkSecret }: { verbs: Pick<Domain, 'idempotent'>; linkSecret: string },
  principal: Principal,
  body: unknown,
  create: () => Promise<T>,
): Promise<T> {
  const asked = requestOf(c, principal, body);
  if (!asked) return create();
  const request = ofOneVisitor(c, asked, linkSecret);
  const kept = await verbs.idempotent(request, async () => ({
    status: 201,
    body: sealAnswer(linkSecret, await create()),
  }));
  const answer = openAnswer(linkSecret, kept.body);
  if (answer === null) throw HttpError.conflict(UNREADABLE);
  return answer as T;
}

/** The same for answers with a secret that is shown once: a repeat is refused with a conflict, without the secret. */
export async function onceOnly<T extends { id: string }>(
  c: Context<HttpEnv>,
  verbs: Pick<Domain, 'idempotent'>,
  principal: Principal,
  body: unknown,
  create: () => Promise<T>,
): Promise<T> {
  const request = requestOf(c, principal, body);
  if (!request) return create();
  const made: T[] = [];
  const kept = await verbs.idempotent(request, async () => {
    const created = await create();
    made.push(created);
    return { status: 201, body: { id: created.id } };
  });
  const [created] = made;
  if (created) return created;
  const { id } = kept.body as { id: string };
  throw HttpError.conflict(`${id} was made by an earlier request with this Idempotency-Key.`);
}

/** All visitors of a site share its publishable key, so their idempotency keys are kept apart by visitor. */
function ofOneVisitor(
  c: Context<HttpEnv>,
  request: IdempotentRequest,
  secret: string,
): IdempotentRequest {
  if (request.principal.kind !== 'publishable') return request;
  const browser = c.req.header('user-agent') ?? '';
  const visitor = JSON.stringify(['idempotency', c.get('network'), browser, request.key]);
  return { ...request, key: createHmac('sha256', secret).update(visitor).digest('base64url') };
}

function requestOf(
  c: Context<HttpEnv>,
  principal: Principal,
  body: unknown,
): IdempotentRequest | null {
  const key = c.req.header('idempotency-key');
  if (key === undefined) return null;
  if (!/^[\x21-\x7e]{1,255}$/.test(key)) {
    throw HttpError.validationFailed(['Idempotency-Key must be 1 to 255 visible characters.']);
  }
  const fingerprint = createHash('sha256')
    .update(`${c.req.method} ${c.req.path}\n${JSON.stringify(body)}`)
    .digest('hex');
  return { principal, key, fingerprint };
}
