/** The process that calls share, when it dies or hangs: what becomes of questions, and what is told. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, expect, it, vi } from 'vitest';
import { askShared } from '../../../server/agent/offline/shared-process.js';
import { keepSharedProcess } from '../../../server/agent/worker/keep-shared-process.js';
import type { KeptProcess } from '../../../server/agent/worker/keep-shared-process.js';
import { waitFor } from '../../support/wait-for.js';

/** Says who it is; dies of one question, and answers another never. */
const CODE = `
process.once('disconnect', () => process.exit(0));
process.on('message', ({ id, method }) => {
  if (method === 'die') process.exit(3);
  if (method !== 'never') process.send({ type: 'shared_reply', id, answer: { pid: process.pid } });
});
process.send({ type: 'shared_ready' });
`;
const file = pathToFileURL(join(mkdtempSync(join(tmpdir(), 'shared-')), 'child.mjs'));
writeFileSync(file, CODE);

const PATIENCE_MS = 10_000;
const kept: KeptProcess[] = [];

async function keep(): Promise<KeptProcess & { told: string[] }> {
  const told: string[] = [];
  const shared = keepSharedProcess(file, (sentence) => told.push(sentence));
  kept.push(shared);
  await shared.started;
  return { ...shared, told };
}

async function who(shared: KeptProcess): Promise<number> {
  const answer = await askShared<{ pid: number }>(shared, 'who', null, PATIENCE_MS);
  return answer?.pid ?? 0;
}

afterEach(() => {
  vi.useRealTimers();
  for (const shared of kept.splice(0)) shared.close();
});

it('is replaced when it is killed, tells it, and whoever waits hears of it at once', async () => {
  const shared = await keep();
  const first = await who(shared);
  const waiting = expect(shared.ask('never', null)).rejects.toThrow('is gone');
  const killedAt = Date.now();
  process.kill(first, 'SIGKILL');
  await waiting;
  expect(Date.now() - killedAt).toBeLessThan(1_000);
  expect(await who(shared)).not.toBe(first);
  expect(shared.told).toEqual([expect.stringMatching(/ended \(SIGKILL\): .* in 0 s\.$/)]);
});

it('is asked once more by whoever waited, and dies of one question twice at most', async () => {
  const shared = await keep();
  expect(await askShared(shared, 'die', null, PATIENCE_MS)).toBeNull();
  expect(shared.told.map((sentence) => /\(code 3\).* in .*/.exec(sentence)?.[0])).toEqual([
    expect.stringContaining('in 0 s'),
    expect.stringContaining('in 0.25 s'),
  ]);
  await expect(shared.ask('who', null)).rejects.toThrow('being started');
  expect(await waitFor(async () => (await who(shared)) || null)).toBeGreaterThan(0);
});

it('is replaced when it has not answered for a minute', async () => {
  const shared = await keep();
  const first = await who(shared);
  const waiting = expect(shared.ask('never', null)).rejects.toThrow('is gone');
  const now = Date.now();
  vi.useFakeTimers({ toFake: ['Date'], now: now + 61_000 });
  expect(await who(shared)).not.toBe(first);
  await waiting;
});
