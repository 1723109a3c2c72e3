/** Runs a create once per idempotency key, however often it is sent. */
import { setTimeout as wait } from 'node:timers/promises';
import { DomainError } from '../errors/domain-error.js';
import type { Principal } from '../keys/principal.js';
import type { DomainPorts } from '../ports/domain-ports.js';

/** A claim older than this is void: no request runs that long, so its process died or lost the database. */
const CLAIM_MS = 30_000;
/** All retries end well before the claim is void, so that no other request's claim is touched. */
const TRY_EVERY_MS = 500;
const MAX_TRIES = 20;
const DONE = [() => true, () => false] as const;

/** A create that may be repeated: the first answer is kept under the key and given again. */
export interface IdempotentRequest {
  principal: Principal;
  key: string;
  /** Hash of method, path and body: the same key with another request is refused. */
  fingerprint: string;
}

/** An answer as it is kept. */
export interface KeptAnswer {
  status: number;
  body: unknown;
}

/** Throws `idempotency_key_reused`, or `conflict` while the first request is still running. */
export async function idempotent(
  ports: DomainPorts,
  request: IdempotentRequest,
  run: () => Promise<KeptAnswer>,
): Promise<KeptAnswer> {
  // Two keys of one workspace are two clients: neither may read the other's answer.
  const key = `${request.principal.keyId}:${request.key}`;
  const workspace = request.principal.workspaceId;
  const now = ports.clock.now();
  const claim = {
    workspace_id: workspace,
    key,
    fingerprint: request.fingerprint,
    status: null,
    body: null,
    created_at: now,
  };
  const kept = await ports.store.claimAnswer(claim, new Date(now.getTime() - CLAIM_MS));
  if (kept) {
    if (kept.fingerprint !== request.fingerprint) throw DomainError.idempotencyKeyReused();
    if (kept.status === null) {
      throw DomainError.conflict('The first request with this Idempotency-Key is still running.');
    }
    return { status: kept.status, body: kept.body };
  }
  let answer: KeptAnswer;
  try {
    answer = await run();
  } catch (error) {
    // A refused create keeps no answer, so that the client can correct its request and reuse the key.
    await insistOn(() => ports.store.dropAnswer(workspace, key));
    throw error;
  }
  await insistOn(() => ports.store.keepAnswer(workspace, key, answer.status, answer.body));
  return answer;
}

/** Waits for the first attempt only; further retries run in the background while the database is unavailable. */
async function insistOn(run: () => Promise<void>): Promise<void> {
  const goOn = async (): Promise<void> => {
    for (let tries = 1; tries < MAX_TRIES; tries += 1) {
      await wait(TRY_EVERY_MS, undefined, { ref: false });
      if (await run().then(...DONE)) return;
    }
  };
  if (!(await run().then(...DONE))) void goOn();
}
