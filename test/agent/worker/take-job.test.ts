/** Which jobs a worker accepts: those whose call the server says is open, and no others. */
import type { JobRequest } from '@livekit/agents';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { readAgentConfig } from '../../../server/agent/config/agent-config.js';
import type { AgentConfig } from '../../../server/agent/config/agent-config.js';
import { takeJob } from '../../../server/agent/worker/take-job.js';
import { waitFor } from '../../support/wait-for.js';
import { FakeJobsServer } from '../support/fake-jobs-server.js';

let jobs: FakeJobsServer;
let config: AgentConfig;
beforeAll(async () => {
  jobs = await FakeJobsServer.open();
  const read = readAgentConfig({
    LIVEKIT_URL: 'ws://127.0.0.1:1',
    LIVEKIT_API_KEY: 'k',
    LIVEKIT_API_SECRET: 'a-secret-of-at-least-32-characters!!',
    DIALNEXA_SERVER_URL: jobs.url,
  });
  if (!read.ok) throw new Error(read.faults.join());
  config = read.config;
});
afterEach(() => {
  vi.restoreAllMocks();
  jobs.away = false;
});
afterAll(() => jobs.close());

/** What the worker does with a job of this metadata. */
async function taken(metadata: string): Promise<string> {
  let answer = 'nothing';
  const say = (word: string) => () => Promise.resolve(void (answer = word));
  const request = { job: { metadata }, room: { name: 'call_room_1' } };
  const spoken = { ...request, accept: say('accepted'), reject: say('rejected') };
  let counted = 0;
  await takeJob(spoken as unknown as JobRequest, config, () => (counted += 1));
  expect(counted).toBe(answer === 'accepted' ? 1 : 0);
  return answer;
}

function newCall(isOver = false): string {
  const { callId, told } = jobs.newCall();
  told.isOver = isOver;
  return JSON.stringify({ call_id: callId });
}

it('accepts a job whose call is open, and rejects one whose call has ended or is not known', async () => {
  expect(await taken(newCall())).toBe('accepted');
  expect(await taken(newCall(true))).toBe('rejected');
  expect(await taken(JSON.stringify({ call_id: 'call_unknown' }))).toBe('rejected');
});

it('rejects what is no call of ours, and asks nobody', async () => {
  jobs.away = true;
  for (const metadata of ['', 'null', '{}', '{"call_id":"../x"}']) {
    expect(await taken(metadata), metadata).toBe('rejected');
  }
  expect(jobs.dropped).toBe(0);
});

it('waits for a server that is away for a moment, and not for one that stays away', async () => {
  for (const comesBack of [true, false]) {
    jobs.away = true;
    const met = jobs.dropped;
    const answer = taken(newCall());
    await waitFor(() => jobs.dropped > met, { what: 'the first question' });
    if (comesBack) jobs.away = false;
    else vi.spyOn(Date, 'now').mockReturnValue(Date.now() + 10_000);
    expect(await answer).toBe(comesBack ? 'accepted' : 'rejected');
  }
});
