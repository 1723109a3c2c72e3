/** What travels with a request through the middleware. */
import type { Logger } from 'pino';
import type { RateDecision } from '../rate-limit/rate-limit.js';

/** Hono's environment of every route. */
export interface HttpEnv {
  Variables: {
    requestId: string;
    /** The caller's address, behind the proxies that are trusted. */
    address: string;
    /** Whom limits count together with that address. */
    network: string;
    /** The limit that leaves the least, which is the one that the answer tells of. */
    rate: RateDecision | undefined;
    log: Logger;
    /** What the request's log line says beside the usual. */
    logFields: Record<string, unknown>;
  };
}
