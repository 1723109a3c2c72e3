/** Runs a create once per idempotency key, however often it is sent. */
import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { DomainError } from '../errors/domain-error.js';
import type { Principal } from '../keys/principal.js';
import type { DomainPorts } from '../ports/domain-ports.js';
import type { AnswerClaim } from '../ports/store.js';

/** A claim that nobody renews for so long is void: its process has died, or lost the database. */
const CLAIM_MS = 5_000;
const RENEW_EVERY_MS = 1_000;
/** A repeat waits for the first request's answer, and longer than a dead one's claim lasts. */
const PATIENCE_MS = 7_000;
const SLOWEST_LOOK_MS = 500;
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

/**
 * A repeat waits for the answer of the first request, for seven seconds at most; where that one's process has died, it
 * takes its place. Throws `idempotency_key_reused`, or `conflict` where the first request takes longer than that.
 */
export async function idempotent(
  ports: DomainPorts,
  request: IdempotentRequest,
  run: () => Promise<KeptAnswer>,
): Promise<KeptAnswer> {
  const claim: AnswerClaim = {
    workspace_id: request.principal.workspaceId,
    // Two keys of one workspace are two clients: neither may read the other's answer.
    key: `${request.principal.keyId}:${request.key}`,
    claimant: randomUUID(),
  };
  const kept = await claimOrWait(ports, claim, request.fingerprint);
  if (kept) return kept;
  const renewing = setInterval(() => {
    void ports.store.renewClaim(claim, CLAIM_MS).catch(() => undefined);
  }, RENEW_EVERY_MS).unref();
  try {
    const answer = await run();
    await insistOn(() => ports.store.keepAnswer(claim, answer.status, answer.body));
    return answer;
  } catch (error) {
    // A refused create keeps no answer, so that the client can correct its request and reuse the key.
    await insistOn(() => ports.store.dropClaim(claim));
    throw error;
  } finally {
    clearInterval(renewing);
  }
}

/** `null`: the key is claimed. */
async function claimOrWait(
  { store, clock }: DomainPorts,
  claim: AnswerClaim,
  fingerprint: string,
): Promise<KeptAnswer | null> {
  const deadline = performance.now() + PATIENCE_MS;
  for (let waitMs = 50; ; waitMs = Math.min(SLOWEST_LOOK_MS, 2 * waitMs)) {
    const kept = await store.claimAnswer(claim, fingerprint, clock.now(), CLAIM_MS);
    if (!kept) return null;
    if (kept.fingerprint !== fingerprint) throw DomainError.idempotencyKeyReused();
    if (kept.status !== null) return { status: kept.status, body: kept.body };
    if (performance.now() + waitMs > deadline) {
      throw DomainError.conflict('The first request with this Idempotency-Key is still running.');
    }
    await wait(waitMs);
  }
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
