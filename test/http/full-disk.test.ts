/** A recording for which there is no room: the record says so, and loses nothing else. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ObjectStoreError } from '../../server/store/object-store-error.js';
import { claimedCall } from '../support/claimed-call.js';
import { realApp } from '../support/real-app.js';
import type { CallSummary } from '../../sdk/wire/call.js';
import type { RealApp } from '../support/real-app.js';

let real: RealApp;
const disk = { isFull: true, bytes: 0 };
beforeAll(async () => {
  real = await realApp(
    {},
    {
      objects: {
        write: (_name, _offset, bytes) => {
          if (disk.isFull) {
            const full = new Error("ENOSPC: no space left on device, write '/srv/private/a.pcm'");
            return Promise.reject(ObjectStoreError.folder(Object.assign(full, { code: 'ENOSPC' })));
          }
          disk.bytes += bytes.byteLength;
          return Promise.resolve();
        },
        size: () => Promise.resolve(disk.bytes),
        read: () => Promise.reject(new Error('nothing')),
        remove: () => Promise.resolve(),
      },
    },
  );
});
afterAll(() => real.close());

async function recordedCall() {
  const { callId, grant, jobToken } = await claimedCall(real);
  await real.joinCaller(grant);
  const headers = { authorization: `Bearer ${jobToken}` };
  const path = `/v1/agent-jobs/${callId}`;
  const at = real.clock.now().toISOString();
  return {
    callId,
    chunk: async () => {
      const answer = await real.request(`${path}/recording/0`, {
        method: 'PUT',
        headers: {
          ...headers,
          'content-type': 'audio/pcm',
          'x-sample-rate': '16000',
          'x-started-at': at,
        },
        body: new Uint8Array(16_000 * 4 * 5),
      });
      return { status: answer.status, body: (await answer.json()) as object };
    },
    say: () => {
      const turn = { seq: 1, type: 'turn', turn_id: 't1', role: 'user', content: 'Hello?' };
      const events = [{ ...turn, started_at: at, ended_at: at }];
      return real.api('POST', `${path}/events`, { events }, headers);
    },
    end: async () => {
      real.clock.at += 5_000;
      const outcome = { end_reason: 'silence_timeout' };
      expect((await real.api('POST', `${path}/outcome`, outcome, headers)).status).toBe(200);
      await real.domain.afterCalls();
      return real.readCall(callId);
    },
  };
}

it('is told once, for however many pieces, and everything else is kept', async () => {
  const call = await recordedCall();
  const refused = { status: 503, body: { code: 'storage_unavailable' } };
  expect(await call.chunk()).toMatchObject(refused);
  expect((await call.say()).status).toBe(200);
  expect(await call.chunk()).toMatchObject(refused);
  const record = await call.end();
  expect(record).toMatchObject({
    end_reason: 'silence_timeout',
    recording: { status: 'none', url: null },
    transcript: [{ content: 'Hello?' }],
  });
  expect(record.timeline.filter(({ type }) => type === 'recording_failed')).toMatchObject([
    { source: 'server', detail: { error: 'storage_unavailable', reason: 'ENOSPC' } },
  ]);
  expect(JSON.stringify(record)).not.toContain('/srv/private');
  const codes = record.explanation.findings.map(({ code }) => code);
  expect(codes).toContain('recording_gap');
  const { data } = (await real.api('GET', '/v1/calls?finding=recording_gap')).body as {
    data: CallSummary[];
  };
  expect(data.map(({ id }) => id)).toEqual([call.callId]);
});

it('lacks nothing when there is room again before the piece is given up', async () => {
  const call = await recordedCall();
  expect((await call.chunk()).status).toBe(503);
  disk.isFull = false;
  real.clock.at += 5_000;
  expect(await call.chunk()).toEqual({ status: 200, body: { next_seq: 1 } });
  real.clock.at -= 5_000;
  const record = await call.end();
  expect(record.recording).toMatchObject({ status: 'available', duration_ms: 5_000 });
  expect(record.explanation.findings.map(({ code }) => code)).not.toContain('recording_gap');
});
