/** What travels with a request through the middleware. */
import type { Logger } from 'pino';

/** Hono's environment of every route. */
export interface HttpEnv {
  Variables: {
    requestId: string;
    /** The caller's address, behind the proxies that are trusted. */
    address: string;
    log: Logger;
    /** What the request's log line says beside the usual. */
    logFields: Record<string, unknown>;
  };
}
