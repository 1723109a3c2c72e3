/** The ten requests of docs/rest.md, sent as they stand there. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { claimedCall } from '../support/claimed-call.js';
import { realApp, type RealApp } from '../support/real-app.js';

const page = readFileSync(new URL('../../docs/rest.md', import.meta.url), 'utf8');
const [, commands = ''] = /## An afternoon.*?```sh\n(.*?)```/s.exec(page) ?? [];
const requests = commands.split('\n').filter((line) => line.startsWith('curl'));

let real: RealApp;
let callId: string;

beforeAll(async () => {
  real = await realApp();
  const job = await claimedCall(real);
  callId = job.callId;
  const at = real.clock.now().toISOString();
  const turn = { type: 'turn', role: 'user', content: 'A refund, please.', turn_id: 't1' };
  const path = `/v1/agent-jobs/${callId}`;
  const headers = { authorization: `Bearer ${job.jobToken}` };
  const events = [{ seq: 1, ...turn, started_at: at, ended_at: at }];
  expect(await real.api('POST', `${path}/events`, { events }, headers)).toMatchObject({
    status: 200,
  });
  await real.api('POST', `/v1/web-calls/${callId}/terminate`, {});
});
afterAll(() => real.close());

it('are ten', () => {
  expect(requests).toHaveLength(10);
});

it.each(requests)('%s', async (command) => {
  const [, address = ''] = /"\$SERVER([^"]+)"$/.exec(command) ?? [];
  const [, method = 'GET'] = /-X (\w+)/.exec(command) ?? [];
  const path = address.replaceAll('$CALL', callId);
  const answer = await real.request(path, { method, headers: real.secret });
  expect([command, answer.status]).toEqual([command, method === 'POST' ? 202 : 200]);
  const text = await answer.text();
  if (address.includes('q=refund')) expect(text).toContain(callId);
  if (address.includes('format=vtt')) expect(text).toContain('A refund, please.');
});
