/** Remembers which agent jobs have sent a valid token, because those have a rate limit of their own. */
import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { bearerOf } from '../request/bearer.js';
import type { Context } from 'hono';
import type { HttpEnv } from '../routing/http-env.js';

/** The jobs that this process has seen at work. */
export interface KnownJobs {
  /** The id of the call whose job sends this request; `null` for everybody else. */
  of(c: Context<HttpEnv>): string | null;
  /** Runs a job's request, and remembers the job if its token was accepted, or forgets it if not. */
  run<T>(callId: string, token: string, work: () => Promise<T>): Promise<T>;
}

const MAX_JOBS = 20_000;
const NOT_A_JOB = ['token_invalid', 'token_expired', 'call_already_ended'];

/** Keeps hashes only, in this process; another process learns of a job with its next request. */
export function createKnownJobs(): KnownJobs {
  const known = new LRUCache<string, true>({ max: MAX_JOBS });
  return {
    of: (c) => {
      const callId = /^\/v1\/agent-jobs\/([\w-]{1,100})\//.exec(c.req.path)?.[1];
      const token = callId === undefined ? null : bearerOf(c);
      return callId !== undefined && token && known.has(nameOf(callId, token)) ? callId : null;
    },
    run: async (callId, token, work) => {
      const name = nameOf(callId, token);
      try {
        const answer = await work();
        known.set(name, true);
        return answer;
      } catch (error) {
        if (error instanceof Error && 'code' in error && NOT_A_JOB.includes(String(error.code))) {
          known.delete(name);
        }
        throw error;
      }
    },
  };
}

function nameOf(callId: string, token: string): string {
  return createHash('sha256').update(`${callId}\n${token}`).digest('base64url');
}
