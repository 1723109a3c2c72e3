/** The store, the same on PGlite and on PostgreSQL. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStore } from '../../server/store/open-store.js';
import { findPostgres } from '../support/postgres-server.mjs';
import { startPostgres } from '../support/postgres.js';
import { NO_CEILINGS, callRow, keyRow, seedOf, timelineRow, turnRow } from '../support/rows.js';
import type { OpenStore } from '../../server/store/open-store.js';
import type { TestPostgres } from '../support/postgres.js';

const bin = findPostgres();

describe.each([
  ['PGlite', true],
  ['PostgreSQL', bin !== null],
])('store on %s', (engine, present) => {
  if (!present) {
    it.skip('is not installed here', () => undefined);
    return;
  }
  let postgres: TestPostgres | null = null;
  let store: OpenStore;
  beforeAll(async () => {
    if (engine === 'PostgreSQL' && bin) postgres = startPostgres(bin);
    const options = postgres ? { databaseUrl: postgres.url } : {};
    // Two at once: migrations run under a lock.
    const [first, second] = await Promise.all([
      openStore(options),
      postgres ? openStore(options) : Promise.resolve(null),
    ]);
    await second?.close();
    store = first;
    await store.insertDemo(seedOf());
  });
  afterAll(async () => {
    await store.close();
    postgres?.stop();
  });

  it('answers, and knows its demo', async () => {
    await store.ping();
    expect(await store.findDemoPage()).toMatchObject({ agent_id: 'agent_1' });
    expect(await store.findWorkspace('ws_1')).toMatchObject({ concurrency_limit: 3 });
  });

  it('finds keys by hash, revokes once, and lists in pages', async () => {
    for (let n = 1; n <= 5; n += 1) await store.insertKey(keyRow(`key_x${n}`, n * 1_000));
    expect(await store.findKeyByHash('hash_key_x3')).toEqual(keyRow('key_x3', 3_000));
    const first = await store.revokeKey('ws_1', 'key_x1', new Date(5_000));
    const again = await store.revokeKey('ws_1', 'key_x1', new Date(9_000));
    expect(first?.revoked_at).toEqual(new Date(5_000));
    expect(again?.revoked_at).toEqual(new Date(5_000));
    expect(await store.revokeKey('ws_2', 'key_x1', new Date())).toBeNull();
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page = await store.listKeys('ws_1', { limit: 2, cursor: cursor ?? undefined });
      seen.push(...page.rows.map((row) => row.id));
      cursor = page.cursor;
    } while (cursor);
    expect(seen.slice(0, 5)).toEqual(['key_x5', 'key_x4', 'key_x3', 'key_x2', 'key_x1']);
    expect(new Set(seen).size).toBe(seen.length);
    expect(await store.publishableOrigins()).toContain('https://shop.example');
  });

  it('freezes a draft once, whoever asks', async () => {
    const [draft] = (await store.listVersions('agent_1', { limit: 10 })).rows;
    if (!draft) throw new Error('no draft');
    const publish = (n: number) =>
      store.changeVersion('agent_1', draft.version_number, (version) => {
        if (version.is_published) throw new Error('too late');
        const nextDraft = { ...version, id: `av_n${n}`, version_number: draft.version_number + 1 };
        return { changes: { is_published: true, version_title: 'The first one' }, nextDraft };
      });
    const results = await Promise.allSettled([publish(1), publish(2)]);
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const [lost] = results.filter((result) => result.status === 'rejected');
    expect(lost?.reason).toMatchObject({ message: 'too late' });
    const edited = await store.changeVersion('agent_1', 'draft', () => ({
      changes: { version_title: 'changed' },
    }));
    expect(edited).toMatchObject({ is_published: false, version_title: 'changed' });
    expect(await store.changeVersion('agent_1', 9, () => ({ changes: {} }))).toBeNull();
    expect(await store.findCallableVersionById(draft.id)).toMatchObject({
      version_title: 'The first one',
    });
    const heads = await store.headVersions(['agent_1']);
    expect(heads.map((head) => head.is_published).sort()).toEqual([false, true]);
  });

  it('keeps what a call ran with, whatever becomes of its draft, once for all who have it', async () => {
    const day = 24 * 3_600_000;
    const at = Date.now();
    const head = async () => {
      const heads = await store.headVersions(['agent_1']);
      return heads.find((one) => !one.is_published);
    };
    const edit = (prompt: string, ms: number) =>
      store.changeVersion('agent_1', 'draft', ({ settings }) => ({
        changes: { settings: { ...settings, prompt }, updated_at: new Date(ms) },
      }));
    const promptOf = async (hash = '') => (await store.findSettings(hash))?.prompt;

    await edit('Tried.', at);
    const tried = await head();
    // Two test runs of the same draft.
    for (const id of ['call_try1', 'call_try2']) {
      const ended_at = new Date(at);
      const { settings_hash = '', version_number = 0 } = tried ?? {};
      const run = { settings_hash, agent_version_number: version_number, ended_at };
      await store.insertCall(callRow(id, { ...run, started_at: ended_at }), [], NO_CEILINGS);
    }
    await edit('Never tried.', at);
    const never = await head();
    await edit('Left.', at);
    const left = await head();
    const hashes = [tried, never, left].map((one) => one?.settings_hash);
    expect(new Set(hashes).size).toBe(3);
    expect((await store.findCall('call_try2'))?.settings_hash).toBe(hashes[0]);

    // Who has read a draft's hash may still begin a call with it: a day passes.
    await store.forgetBefore(new Date(at));
    expect(await Promise.all(hashes.map(promptOf))).toEqual(['Tried.', 'Never tried.', 'Left.']);
    await store.forgetBefore(new Date(at + day));
    expect(await Promise.all(hashes.map(promptOf))).toEqual(['Tried.', undefined, 'Left.']);

    // The last call that has them goes, and they with it.
    for (const id of ['call_try1', 'call_try2']) {
      await store.changeCall(id, () => ({ changes: {}, isDropped: true }));
    }
    await store.forgetBefore(new Date(at + day));
    expect(await Promise.all(hashes.map(promptOf))).toEqual([undefined, undefined, 'Left.']);
    const shown = await store.changeVersion('agent_1', 'draft', () => ({ changes: {} }));
    expect(shown?.settings.prompt).toBe('Left.');
  });

  it('keeps what is known of a call beside its words, and drops it with the call', async () => {
    await store.insertCall(callRow('call_known'), [], NO_CEILINGS);
    const none = { client: null, audio_cache: null, usage: null, cost: null };
    const unknown = { ...none, feedback: null, trace_id: null };
    expect(await store.findEvidence('call_known')).toEqual({
      ...unknown,
      functions: [],
      transfers: [],
    });
    const told = { ok: true, error: null, latency_ms: 1.5, source: 'page' } as const;
    const row = { call_id: 'call_known', name: 'f', ...told };
    const called = (id: string, at: number, answer: string | null) => ({
      ...row,
      id,
      at: new Date(at),
      arguments: { deep: [{ "it's": 'ä' }] },
      answer,
    });
    const party = {
      agent_id: 'agent_1',
      agent_version_id: null,
      agent_version_number: 2,
      agent_name: null,
    };
    const moved = { id: 'tr_1', call_id: 'call_known', from: party, to: party, reason: 'why' };
    const transfer = { ...moved, at: new Date(7), status: 'completed', error: null } as const;
    await store.changeCall('call_known', () => ({
      changes: { cost: 0.25 },
      evidence: { trace_id: 'abc' },
      functions: [called('fn_late', 9_000, 'text'), called('fn_1', 5, null)],
      transfers: [transfer],
    }));
    const feedback = { rating: 4, comment: null, at: '2026-11-23T10:00:00.000Z' };
    await store.changeEvidence('call_known', (_call, found) => {
      expect(found).toEqual({ ...unknown, trace_id: 'abc' });
      return { changes: {}, evidence: { feedback } };
    });
    await store.changeCall('call_known', () => ({ changes: {}, endsAt: new Date(1_000) }));
    expect(await store.findEvidence('call_known')).toEqual({
      ...unknown,
      feedback,
      trace_id: 'abc',
      functions: [called('fn_1', 5, null), called('fn_late', 1_000, 'text')],
      transfers: [transfer],
    });
    expect(await store.findCall('call_known')).toMatchObject({ cost: 0.25, findings: [] });
    await store.changeCall('call_known', () => ({ changes: {}, isDropped: true }));
    expect((await store.findEvidence('call_known')).functions).toEqual([]);
  });

  it('holds the limit of calls, however many ask at once', async () => {
    const asked = [...Array(8).keys()].map((n) =>
      callRow(`call_c${n}`, { created_at: new Date(n) }),
    );
    const answers = await Promise.all(
      asked.map((row) =>
        store.insertCall(row, [timelineRow(row.id)], { ...NO_CEILINGS, concurrent_calls: 3 }),
      ),
    );
    expect(answers.filter((answer) => answer === null)).toHaveLength(3);
    for (const call of await store.openCalls(10)) {
      await store.changeCall(call.id, () => ({
        changes: { ended_at: new Date(10_000), status: 'completed', room_open: false },
      }));
    }
    expect(await store.openCalls(10)).toEqual([]);
  });

  it('changes a call in one step, with its timeline and turns, each once', async () => {
    const row = callRow('call_1', { due_at: new Date(1_000) });
    await store.insertCall(row, [timelineRow('call_1')], NO_CEILINGS);
    expect(await store.findWholeCall('call_1')).toEqual(row);
    const narrow = await store.findCall('call_1');
    expect(row).toMatchObject(narrow ?? {});
    expect(narrow).toMatchObject({ id: 'call_1', caller_identity: row.caller_identity });
    expect(narrow).not.toHaveProperty('variables');
    expect(await store.findCallByRoom(row.room_name)).toEqual(narrow);
    expect(await store.dueCalls(new Date(999), 10)).toEqual([]);
    expect(await store.dueCalls(new Date(1_000), 10)).toEqual(['call_1']);
    const count = () =>
      store.changeCall('call_1', (call) => ({
        changes: { next_event_seq: call.next_event_seq + 1 },
        timeline: [timelineRow('call_1', `ev_${call.next_event_seq}`)],
        turns: [turnRow('call_1')],
      }));
    await Promise.all([count(), count(), count()]);
    expect(await store.findCall('call_1')).toMatchObject({ next_event_seq: 4, turn_count: 1 });
    expect(await store.listTurns('call_1')).toEqual([{ ...turnRow('call_1'), agent_id: null }]);
    expect(await store.listTimeline('call_1')).toHaveLength(4);
    expect(await store.changeCall('call_1', () => null)).toMatchObject({ changed: false });
    expect(await store.changeCall('call_none', () => null)).toBeNull();
    const failing = store.changeCall('call_1', () => {
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
  });

  it('filters and sorts the history, page by page', async () => {
    await store.changeCall('call_1', () => ({
      changes: {
        ended_at: new Date(50_000),
        duration_ms: 4_000,
        status: 'completed',
        latency_ms: 700,
      },
    }));
    const ids = async (filters: Parameters<OpenStore['listCalls']>[1]) =>
      (await store.listCalls('ws_1', filters)).rows.map((row) => row.id);
    expect(await ids({ call_id: ['call_1'] })).toEqual(['call_1']);
    expect(await ids({ duration_min: 4_000, latency_max: 700 })).toEqual(['call_1']);
    expect(await ids({ duration_greater_than: 4_000 })).toEqual([]);
    expect(
      await ids({ agent_version_name: 'FIRST', status: ['completed'], limit: 1 }),
    ).toHaveLength(1);
    expect(await ids({ agent_version_name: '%' })).toEqual([]);
    expect(await store.listCalls('ws_2', {})).toEqual({ rows: [], cursor: null });
    for (const sort_by of ['created_at', 'duration'] as const) {
      for (const sort_order of ['asc', 'desc'] as const) {
        const all = await ids({ sort_by, sort_order, limit: 100 });
        const paged: string[] = [];
        let cursor: string | null = null;
        do {
          const filters = { sort_by, sort_order, limit: 1, ...(cursor ? { cursor } : {}) };
          const page = await store.listCalls('ws_1', filters);
          paged.push(...page.rows.map((row) => row.id));
          cursor = page.cursor;
        } while (cursor);
        expect(paged).toEqual(all);
      }
    }
  });

  it('makes a change once for its id, however many tell of it at the same moment', async () => {
    await store.insertCall(callRow('call_once'), [], NO_CEILINGS);
    const change = () =>
      store.changeCall(
        'call_once',
        (call) => ({ changes: { turn_count: call.turn_count + 1 } }),
        'EV_1',
      );
    const results = await Promise.all([change(), change(), change(), change()]);
    expect(results.filter((result) => result?.changed)).toHaveLength(1);
    expect((await store.findCall('call_once'))?.turn_count).toBe(1);
    const failing = () => {
      throw new Error('died in between');
    };
    await expect(store.changeCall('call_once', failing, 'EV_2')).rejects.toThrow('died');
    const again = await store.changeCall('call_once', () => ({ changes: {} }), 'EV_2');
    expect(again?.changed).toBe(true);
    await store.changeCall('call_once', () => ({ changes: { ended_at: new Date() } }));
  });

  it('seeds its demo once', async () => {
    const seed = seedOf();
    expect(await Promise.all([store.insertDemo(seed), store.insertDemo(seed)])).toEqual([
      false,
      false,
    ]);
  });

  it('leases to one holder, until its time is over or it gives back', async () => {
    const take = (holder: string, ttlMs = 10_000) => store.takeLease('loop', holder, ttlMs);
    const first = await Promise.all(['a', 'b', 'c'].map((holder) => take(holder)));
    expect(first.filter(Boolean)).toHaveLength(1);
    const holder = ['a', 'b', 'c'][first.indexOf(true)] ?? '';
    expect(await take(holder)).toBe(true);
    expect(await take('other')).toBe(false);
    await store.dropLeases(holder);
    expect(await take('other', 1)).toBe(true);
    await expect.poll(() => take('heir')).toBe(true);
    expect(await take('other')).toBe(false);
  });

  it('counts requests together, and grants no more than the rule', async () => {
    const rule = { limit: 10, windowSec: 3_600 };
    const all = await Promise.all(
      Array.from({ length: 5 }, () => store.countRequests('bucket', 3, rule)),
    );
    expect(all.reduce((sum, { granted }) => sum + granted, 0)).toBe(10);
    expect(Math.min(...all.map(({ remaining }) => remaining))).toBe(0);
    const { granted, resetSec } = await store.countRequests('bucket', 1, rule);
    expect(granted).toBe(0);
    expect(resetSec).toBeGreaterThan(0);
    expect(resetSec).toBeLessThanOrEqual(3_600);
    await store.forgetBefore(new Date(Date.now() + 60_000));
    expect(await store.countRequests('bucket', 1, rule)).toMatchObject({ granted: 1 });
    expect(await store.countRequests('another', 1, rule)).toMatchObject({
      granted: 1,
      remaining: 9,
    });
  });

  it('adds up what a key’s calls have lasted, exactly once each, and forgets it after two days', async () => {
    const hour = 3_600_000;
    const began = 50 * hour;
    const usedAt = async (time: number): Promise<number> => {
      const asked = callRow('call_never', { created_at: new Date(time) });
      const found = await store.insertCall(asked, [], { ...NO_CEILINGS, concurrent_calls: 0 });
      return found?.used.talk_ms ?? -1;
    };
    expect(await usedAt(began)).toBe(0);
    const ids = ['call_u1', 'call_u2', 'call_u3'];
    for (const id of ids) {
      const times = { created_at: new Date(began), started_at: new Date(began + 1_000) };
      await store.insertCall(callRow(id, times), [], NO_CEILINGS);
    }
    expect(await usedAt(began + 3_000)).toBe(6_000);
    const end = (id: string) =>
      store.changeCall(id, (call) =>
        call.ended_at ? null : { changes: { ended_at: new Date(began + 5_000) } },
      );
    await Promise.all([...ids, ...ids].map(end));
    expect(await usedAt(began + 23 * hour)).toBe(12_000);
    expect(await usedAt(began + 25 * hour)).toBe(0);
    await store.forgetBefore(new Date(began + 24 * hour));
    expect(await usedAt(began + hour)).toBe(12_000);
    await store.forgetBefore(new Date(began + 26 * hour));
    expect(await usedAt(began + hour)).toBe(0);
  });

  it('keeps answers, forgets them, and voids a claim that nobody will answer', async () => {
    const claim = (claimant: string) => ({ workspace_id: 'ws_1', key: 'k', claimant });
    const take = (who: string, fingerprint: string, ttlMs = 60_000) =>
      store.claimAnswer(claim(who), fingerprint, new Date(1_000), ttlMs);
    expect(await take('one', 'f')).toBeNull();
    expect(await take('two', 'f')).toMatchObject({ fingerprint: 'f', status: null });
    await store.keepAnswer(claim('one'), 201, { a: 1 });
    expect(await take('two', 'f')).toMatchObject({ status: 201, body: { a: 1 } });
    await store.forgetBefore(new Date(3_000));
    expect(await take('one', 'f')).toBeNull();
    await store.dropClaim(claim('one'));
    // It has run out as soon as it is taken, unless its holder says that it is still there.
    expect(await take('one', 'f', -1_000)).toBeNull();
    await store.renewClaim(claim('one'), 60_000);
    expect(await take('heir', 'g')).toMatchObject({ fingerprint: 'f' });
    await store.renewClaim(claim('one'), -1_000);
    expect(await take('heir', 'g')).toBeNull();
    // Whoever comes back finds its claim another's.
    await store.keepAnswer(claim('one'), 201, { a: 1 });
    await store.renewClaim(claim('one'), -1_000);
    await store.dropClaim(claim('one'));
    expect(await take('other', 'g')).toMatchObject({ fingerprint: 'g', status: null });
    expect(await store.countCalls()).toHaveProperty('completed');
  });
});
