/** Every code has a row that a visitor can act on. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { CallError, ERROR_TABLE, TEXT_FAULTS, type CallErrorCode } from '../../../sdk/index.js';

const rows = Object.entries(ERROR_TABLE);

describe('the error table', () => {
  it.each(rows)('%s says what happened and what to do', (code, row) => {
    expect(code).toMatch(/^[a-z]+(_[a-z]+)*$/);
    expect(row.message).toMatch(/^[A-Z].*\.$/);
    expect(row.remedy.length).toBeGreaterThan(8);
    expect(['user', 'network', 'agent', 'provider', 'config', 'server']).toContain(row.fault);
    expect(row.fault === 'config' && row.retryable && code !== 'token_expired').toBe(false);
  });
});

describe('CallError', () => {
  it('carries its row, and keeps the cause', () => {
    const cause = new TypeError('Failed to fetch');
    const error = CallError.networkUnreachable(cause);
    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({
      name: 'CallError',
      code: 'network_unreachable',
      fault: 'network',
      retryable: true,
      cause,
      retryAfterMs: null,
    });
    expect(error.message).toBe(ERROR_TABLE.network_unreachable.message);
  });

  it('prefers the words of the server, and keeps its own for visitors', () => {
    const error = new CallError('not_found', { message: 'No agent agent_1.' });
    expect(error.message).toBe('No agent agent_1.');
    expect(error.summary).toBe(ERROR_TABLE.not_found.message);
  });

  it('knows only codes of the table', () => {
    const code: CallErrorCode = 'capacity_reached';
    expect(Object.hasOwn(ERROR_TABLE, code)).toBe(true);
  });
});

describe('the page about the SDK', () => {
  const page = readFileSync(new URL('../../../docs/sdk.md', import.meta.url), 'utf8');

  it.each(rows)('explains %s as the code does', (code, row) => {
    expect(page).toContain(`\`${code}\``);
    expect(page).toContain(row.message);
    expect(page).toContain(row.remedy);
  });

  it.each(Object.entries(TEXT_FAULTS))('explains the reason %s as the code does', (reason, row) => {
    const line = page.split('\n').find((one) => one.startsWith(`| \`${reason}\``));
    expect(line).toContain(row.message);
    expect(line).toContain(row.remedy);
  });
});
