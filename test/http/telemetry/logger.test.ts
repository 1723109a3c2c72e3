/** What the log tells of an error, and what of it stays out. */
import { DrizzleQueryError } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { createLogger } from '../../../server/http/telemetry/logger.js';
import { SECRET_KEY } from '../../fakes/fake-verbs.js';
import { testApp } from '../../support/test-app.js';

function refusedBy(cause: Error): Error {
  const query = 'insert into "turns" ("content") values ($1)';
  return new DrizzleQueryError(query, ['my name is Ada Lovelace'], cause);
}

const fromDatabase = Object.assign(new Error('invalid input: "Ada Lovelace"'), {
  severity: 'ERROR',
  code: '22P02',
  detail: 'Token "Ada Lovelace" is invalid.',
  where: 'JSON data, line 1: Ada Lovelace',
  table: 'turns',
});

function logged(write: (log: ReturnType<typeof createLogger>) => void): string {
  const lines: string[] = [];
  write(createLogger('info', { write: (line: string) => void lines.push(line) }));
  return lines.join('');
}

describe('a failed query', () => {
  it('is told by its text and SQLSTATE, without a word of what was sent', async () => {
    const listCalls = () => Promise.reject(refusedBy(fromDatabase));
    const { request, log } = testApp({ listCalls });
    const headers = { authorization: `Bearer ${SECRET_KEY}` };
    expect((await request('/v1/calls', { headers })).status).toBe(500);
    const line = log.find((text) => text.includes('request failed')) ?? '';
    expect(line).toContain('values ($1)');
    expect(line).toContain('22P02');
    expect(line).toContain('turns');
    expect(line).toContain('logger.test');
    expect(log.join('')).not.toContain('Lovelace');
  });

  it('is no different as the cause of something else', () => {
    const error = new Error('the round failed', { cause: refusedBy(fromDatabase) });
    const text = logged((log) => log.error({ err: error }, 'background loop failed'));
    expect(text).toContain('the round failed');
    expect(text).toContain('22P02');
    expect(text).not.toContain('Lovelace');
  });
});

describe('a line', () => {
  it.each([
    ['alone', 'eyJhbGc.eyJzdWI.c2ln'],
    ['after a word', 'tokeneyJhbGc.eyJzdWI.c2ln'],
    ['at the start of another line', '\neyJhbGc.eyJzdWI.c2ln'],
    ['after dots', 'a.b..eyJhbGc.eyJzdWI.c2ln'],
  ])('holds no signed token: %s', (_name, token) => {
    const text = logged((log) => log.info({ note: token }, 'x'));
    expect(text).toContain('[redacted]');
    expect(text).not.toMatch(/eyJzdWI|c2ln/);
  });

  it('is written soon, whatever stands in it', () => {
    const long = ['eyJ'.repeat(100_000), 'eyJ.'.repeat(100_000), 'dnx_pk_'.repeat(50_000)];
    const began = performance.now();
    logged((log) => long.forEach((note) => log.info({ note }, 'x')));
    expect(performance.now() - began).toBeLessThan(2_000);
  });
});

describe('a secret of a webhook', () => {
  it('stands in no line, wherever it comes from', () => {
    const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw+/8=';
    const text = logged((log) => log.error({ note: `it was ${secret}` }, `signed with ${secret}`));
    expect(text).toContain('signed with [redacted]');
    expect(text).not.toContain('whsec_');
  });
});
