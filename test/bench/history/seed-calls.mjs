/** Fills a database with calls and their turns, straight by SQL; the same seed makes the same history. */
import { readFileSync, readdirSync } from 'node:fs';

const folder = new URL('../../../server/store/migrations/', import.meta.url);
/** What the triggers would have written, by the statement with which the migration fills the table. */
const HISTORY = readdirSync(folder)
  .filter((name) => name.endsWith('.sql'))
  .flatMap((name) => readFileSync(new URL(name, folder), 'utf8').split('--> statement-breakpoint'))
  .find((text) => text.trim().startsWith('INSERT INTO call_history '));

/** Days over which the calls are spread. */
const DAYS = 365;
/** Sentences that turns are made of, of words that are as common as in speech: the nth one 1/n times as much as the first. */
const SENTENCES = 20_000;
const WORDS = 8_000;

/** Words that the measurement searches for, by how many calls have them. */
export const SAID = {
  common: 'w1',
  half: 'w6',
  some: 'w60',
  few: 'w900',
  rare: 'unicorn',
  old: 'lamplighter',
};

const FINDINGS = [
  ...[
    'slow_answer',
    'talk_over',
    'agent_cut_off',
    'caller_repeats',
    'not_understood',
    'long_silence',
  ],
  ...[
    'low_confidence',
    'packet_loss',
    'function_failed',
    'old_version',
    'recording_gap',
    'agent_late',
  ],
];

const textArray = (values) => `array[${values.map((value) => `'${value}'`).join(',')}]`;

/** `run` executes a statement. Answers the workspace, and ids to filter by. */
export async function seedCalls(
  run,
  { calls, turnsPerCall = 6, seed = 0.42, isAnalyzed = true, say = () => undefined },
) {
  const step = async (what, ...statements) => {
    const began = performance.now();
    for (const statement of statements) await run(statement);
    say(`${what}: ${((performance.now() - began) / 1_000).toFixed(1)} s`);
  };
  await run(`select setseed(${seed})`);
  await step(
    'agents',
    `insert into workspaces (id, name, concurrency_limit, created_at) values ('ws_bench', 'Bench', 1000, now())`,
    `insert into version_settings (hash, settings, used_at) values ('bench', '{"max_call_duration_sec": 600, "opt_out_sensitive_data_storage": false}', now())`,
    `insert into agents select 'agent_' || n, 'ws_bench', 'Agent ' || n, now(), now() from generate_series(1, 40) n`,
    `insert into agent_versions (id, agent_id, version_number, version_title, is_published, published_at, created_at, updated_at, settings_hash)
      select 'av_' || a || '_' || v, 'agent_' || a, v, case when a = 40 then 'Seldom ' else 'Release ' end || v, true, now(), now(), now(), 'bench'
      from generate_series(1, 40) a, generate_series(1, 5) v`,
  );
  const indexes = await run(
    `select indexname, indexdef from pg_indexes
      where tablename in ('calls', 'call_history', 'call_words', 'turns') and indexname not like '%pkey' and indexname not like '%_pk'`,
  );
  for (const { indexname } of indexes) await run(`drop index ${indexname}`);
  await run('alter table turns drop constraint turns_call_id_turn_id_pk');
  // Neither triggers nor foreign keys, each row of which would be looked at.
  await run('set session_replication_role = replica');
  await step('calls', callsSql(calls));
  await step(
    'turns',
    `create temporary table sentences as
      select n, string_agg('w' || floor(exp(random() * ln(${WORDS})))::int, ' ') as words
      from generate_series(1, ${SENTENCES}) n, generate_series(1, 10) group by n`,
    `create unique index on sentences (n)`,
    `insert into turns (call_id, turn_id, role, content, started_at, ended_at, interrupted, latency)
      select c.id, 't' || k, case k % 2 when 0 then 'agent' else 'user' end,
        s.words || case when k = 1 and c.n % 20011 = 7 then ' ${SAID.rare}' when k = 1 and c.n < 40 then ' ${SAID.old}' else '' end,
        c.started_at + k * interval '4 s', c.started_at + k * interval '4 s' + interval '3 s', false,
        case k % 2 when 0 then '{"total_ms": 900}'::jsonb end
      from (select id, started_at, turn_count, (substr(room_name, 6))::int as n from calls where turn_count > 0) c
      cross join lateral generate_series(1, c.turn_count) k
      join sentences s on s.n = 1 + ((c.n::bigint * 7919 + k * 104729) % ${SENTENCES})`,
  );
  await step('history', HISTORY);
  await step(
    'words',
    `insert into call_words select id, workspace_id, created_at, to_tsvector('simple', fold_text(said))
      from (select call_id, string_agg(content, ' ' order by position) as said from turns group by call_id) t join calls on id = call_id
      order by created_at`,
  );
  await run('set session_replication_role = origin');
  await run("set maintenance_work_mem = '512MB'").catch(() => undefined);
  await step(
    'turns by call',
    'alter table turns add constraint turns_call_id_turn_id_pk primary key (call_id, turn_id)',
  );
  for (const { indexname, indexdef } of indexes) await step(indexname, indexdef);
  // As PostgreSQL does by itself; PGlite never does.
  if (!isAnalyzed) return 'ws_bench';
  await step(
    'analyze',
    ...['calls', 'turns', 'call_history', 'call_words'].map((one) => `analyze ${one}`),
  );
  return 'ws_bench';

  function callsSql(count) {
    const open = Math.min(20, Math.floor(count / 100));
    return `insert into calls (id, workspace_id, type, call_direction, entry_point, status, end_reason, agent_id, agent_name, agent_version_id,
        agent_version_number, agent_version_title, settings_hash, opt_out_sensitive_data_storage, room_name, room_open, caller_identity,
        call_token_hash, variables, metadata, route, created_at, grant_expires_at, max_call_duration_sec, started_at, agent_joined_at,
        answered_at, ended_at, duration_ms, next_event_seq, turn_count, latency_ms, sentiment, summary, json_output, cost, findings,
        analysis_status, sensitive_delete, recording_status, recording_next_seq, recording_bytes)
      select 'call_' || substr(md5('call' || n), 1, 21), 'ws_bench', 'web', 'inbound', case when r1 < 0.02 then 'test' else 'web' end,
        case when n > ${count - open} then 'received' when is_done then 'completed' when r2 < 0.6 then 'cancelled' when r2 < 0.98 then 'no_answer' else 'failed' end,
        case when n > ${count - open} then null when is_done then (array['user_disconnected','agent_disconnected','silence_timeout','max_duration_reached'])[1 + floor(r2 * r2 * 4)::int]
          when r2 < 0.6 then 'caller_never_joined' when r2 < 0.98 then 'agent_did_not_join' else 'microphone_denied' end,
        'agent_' || a, 'Agent ' || a, 'av_' || a || '_' || v, v, case when a = 40 then 'Seldom ' else 'Release ' end || v, 'bench', false, 'room_' || n, false, 'caller_' || n,
        md5('t' || n), '{"name": "Ada"}', jsonb_build_object('customer', 'c' || (n % 50000), 'plan', (array['free','pro','team'])[1 + floor(r3 * 3)::int]),
        jsonb_build_object('api_key_id', 'key_1', 'api_key_name', 'Shop', 'api_key_kind', 'publishable', 'origin', 'https://shop' || floor(power(r4, 3) * 30) || '.example',
          'chosen_by', 'agent_id', 'entry_point', 'web_calls', 'page_url', 'https://shop.example/help', 'locale', 'en', 'user_agent', 'Mozilla/5.0 (X11; Linux x86_64) Chrome/140'),
        at, at + interval '2 min', 600, case when is_done then at + interval '2 s' end, case when is_done then at + interval '2 s' end,
        case when is_done then at + interval '3 s' end, case when n <= ${count - open} then at + r5 * interval '9 min' + interval '3 s' end,
        case when is_done and n <= ${count - open} then 1000 + floor(r5 * r5 * 540000) end, 1, case when is_done then 2 + floor(r3 * ${2 * (turnsPerCall - 2)})::int else 0 end,
        case when is_done then round((300 + 900 * r4 * r4 + case when r2 > 0.99 then 4000 * r1 else 0 end)::numeric, 1) end,
        case when not is_done then 'unknown' when r1 < 0.5 then 'neutral' when r1 < 0.9 then 'positive' else 'negative' end,
        case when is_done then 'The caller asked about an order and was told when it comes.' end, case when is_done then '{"topic": "order", "order_number": 4711}'::jsonb end,
        case when is_done then round((0.002 + r5 * 0.3)::numeric, 5) end,
        case when is_done and r2 < 0.3 then array[(${textArray(FINDINGS)})[1 + floor(power(r3, 2) * ${FINDINGS.length})::int]] else '{}' end,
        case when not is_done or n > ${count - open} then 'none' when n > ${count - 5 * open} then 'queued' when r1 > 0.998 then 'failed' else 'completed' end,
        false, 'none', 0, 0
      from (select *, r0 < 0.82 or n > ${count - open} as is_done, 1 + floor(power(r4, 2) * 40)::int as a, 1 + floor(r5 * 5)::int as v,
          now() - interval '${DAYS} days' * (1 - n::float8 / ${count}) - interval '5 s' as at
        from (select n, random() as r0, random() as r1, random() as r2, random() as r3, random() as r4, random() as r5 from generate_series(1, ${count}) n) as dice) as d`;
  }
}
