/** `Idempotency-Key` on a create: the same request again gets the same answer. */
import { createHash } from 'node:crypto';
import { HttpError } from './errors/http-error.js';
import type { Context } from 'hono';
import type { HttpEnv } from './http-env.js';
import type { Principal, Verbs } from './verbs.js';

/** Runs `create` once per key and answers 201 with what it gave, then or before. */
export async function idempotently(
  c: Context<HttpEnv>,
  verbs: Pick<Verbs, 'idempotent'>,
  principal: Principal,
  body: unknown,
  create: () => Promise<unknown>,
): Promise<Response> {
  const key = c.req.header('idempotency-key');
  if (key === undefined) return c.json(await create(), 201);
  if (!/^[\x21-\x7e]{1,255}$/.test(key)) {
    throw HttpError.validationFailed(['Idempotency-Key must be 1 to 255 visible characters.']);
  }
  const fingerprint = createHash('sha256')
    .update(`${c.req.method} ${c.req.path}\n${JSON.stringify(body)}`)
    .digest('hex');
  const request = { principal, key, fingerprint };
  const kept = await verbs.idempotent(request, async () => ({ status: 201, body: await create() }));
  return c.json(kept.body as object, kept.status as 201);
}
