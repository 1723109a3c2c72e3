/** The app over fake verbs, with its log captured; an answer that is not as documented fails the test. */
import { createApp } from '../../server/http/create-app.js';
import { createLogger } from '../../server/http/telemetry/logger.js';
import { fakeVerbs } from '../fakes/fake-verbs.js';
import { answerChecker } from './check-answer.js';
import type { AppOptions } from '../../server/http/create-app.js';
import type { Domain } from '../../server/domain/create-domain.js';

/** Signs the links of recordings. */
export const LINK_SECRET = 'a-secret-for-links';

export interface TestApp {
  request: ReturnType<typeof createApp>['request'];
  app: ReturnType<typeof createApp>;
  /** Everything that was logged, line by line. */
  log: string[];
}

export function testApp(
  verbs: Partial<Domain> = {},
  options: Partial<Omit<AppOptions, 'verbs'>> = {},
): TestApp {
  const log: string[] = [];
  const empty = '/nonexistent';
  const app = createApp({
    verbs: fakeVerbs(verbs),
    webhook: { verify: () => Promise.resolve(null), read: () => null },
    linkSecret: LINK_SECRET,
    log: createLogger('debug', { write: (line: string) => void log.push(line) }),
    publicUrl: 'http://127.0.0.1:18000',
    ownOrigins: ['http://127.0.0.1:18000'],
    trustedProxies: 0,
    health: {
      checks: () => Promise.resolve({ database: { ok: true } }),
      count: () => Promise.resolve({ calls: { completed: 2, created: 1 }, failedRemovals: 0 }),
      metricsToken: null,
    },
    pages: { bundleDir: empty, consoleDir: empty, demo: () => Promise.resolve(null) },
    ...options,
  });
  const check = answerChecker(app);
  const answer = app.fetch;
  // Every way to ask goes through here, a port's too.
  app.fetch = async (request, ...more) => {
    const given = await answer(request, ...more);
    await check(request, given);
    return given;
  };
  return { app, request: app.request, log };
}

/** A POST of JSON. */
export function jsonPost(body: unknown, headers: Record<string, string> = {}): RequestInit {
  return {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  };
}
