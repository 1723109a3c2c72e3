/** The app over fake verbs, with its log captured. */
import { createApp } from '../../server/http/create-app.js';
import { createLogger } from '../../server/http/logger.js';
import { fakeVerbs } from '../fakes/fake-verbs.js';
import type { AppOptions } from '../../server/http/create-app.js';
import type { Verbs } from '../../server/http/verbs.js';

export interface TestApp {
  request: ReturnType<typeof createApp>['request'];
  app: ReturnType<typeof createApp>;
  /** Everything that was logged, line by line. */
  log: string[];
}

export function testApp(
  verbs: Partial<Verbs> = {},
  options: Partial<Omit<AppOptions, 'verbs'>> = {},
): TestApp {
  const log: string[] = [];
  const empty = '/nonexistent';
  const app = createApp({
    verbs: fakeVerbs(verbs),
    verifyWebhook: () => Promise.resolve(null),
    linkSecret: 'a-secret-for-links',
    log: createLogger('debug', { write: (line: string) => void log.push(line) }),
    publicUrl: 'http://127.0.0.1:18000',
    ownOrigins: ['http://127.0.0.1:18000'],
    trustedProxies: 0,
    health: {
      checks: () => Promise.resolve({ database: { ok: true } }),
      countCalls: () => Promise.resolve({ completed: 2, created: 1 }),
      metricsToken: null,
    },
    pages: { bundleDir: empty, consoleDir: empty, demo: () => Promise.resolve(null) },
    ...options,
  });
  return { app, request: (...args) => app.request(...args), log };
}

/** A POST of JSON. */
export function jsonPost(body: unknown, headers: Record<string, string> = {}): RequestInit {
  return {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  };
}
