/**
 * The tables. Migrations are generated from this file:
 * `npx drizzle-kit generate --dialect postgresql --schema server/store/schema.ts --out server/store/migrations`
 */
import {
  bigint,
  bigserial,
  boolean,
  customType,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  pgView,
  primaryKey,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import { moment } from './moment.js';
import { sql } from 'drizzle-orm';
import { workspaces } from './workspace-tables.js';
import type { VersionSettings } from '../../sdk/wire/agent.js';
import type {
  AnalysisStatus,
  CallAudioCache,
  CallCost,
  CallFeedback,
  CallFunction,
  CallRecording,
  CallUsage,
  EntryPoint,
  FindingCode,
  TransferParty,
  TransferStatus,
  TurnLatency,
  TurnProviders,
  TurnRole,
  TurnSource,
  TurnVia,
} from '../../sdk/wire/call.js';
import type { CallStatus, EndReason } from '../../sdk/wire/call-status.js';
import type { VariableValue } from '../../sdk/wire/web-call.js';
import type { ClientRow, WholeCallRow } from '../domain/ports/rows.js';

export { audit } from './audit-table.js';
export { callWork } from './call-work-table.js';
export { owedRemovals } from './owed-removals-table.js';
export { keptAnswers, leases, rateWindows } from './process-tables.js';
export { webhookDeliveries, webhooks } from './webhook-tables.js';
export { apiKeys, keyUsage, workspaces } from './workspace-tables.js';

const tsvector = customType<{ data: string }>({ dataType: () => 'tsvector' });

/** Agents; how they behave is in their versions. */
export const agents = pgTable(
  'agents',
  {
    id: text('id').primaryKey(),
    workspace_id: text('workspace_id')
      .notNull()
      .references(() => workspaces.id),
    title: text('title').notNull(),
    created_at: moment('created_at').notNull(),
    updated_at: moment('updated_at').notNull(),
  },
  (table) => [index('agents_workspace').on(table.workspace_id, table.created_at)],
);

/**
 * Settings of versions, stored once under the hash of their JSON, however many versions and calls use them. A row never
 * changes, so a call keeps the settings that it started with.
 */
export const versionSettings = pgTable('version_settings', {
  hash: text('hash').primaryKey(),
  settings: jsonb('settings').$type<VersionSettings>().notNull(),
  /** When a version last began or ceased to use the settings; unused ones are deleted a day later. */
  used_at: moment('used_at').notNull(),
  /** Settings that each call copies into its row, readable without the rest. */
  max_call_duration_sec: integer('max_call_duration_sec')
    .generatedAlwaysAs(sql`(settings->>'max_call_duration_sec')::integer`)
    .notNull(),
  opt_out_sensitive_data_storage: boolean('opt_out_sensitive_data_storage')
    .generatedAlwaysAs(sql`(settings->>'opt_out_sensitive_data_storage')::boolean`)
    .notNull(),
});

/** Versions of agents: drafts and published snapshots. */
export const agentVersions = pgTable(
  'agent_versions',
  {
    id: text('id').primaryKey(),
    agent_id: text('agent_id')
      .notNull()
      .references(() => agents.id),
    version_number: integer('version_number').notNull(),
    version_title: text('version_title'),
    is_published: boolean('is_published').notNull(),
    published_at: moment('published_at'),
    published_by: text('published_by'),
    created_at: moment('created_at').notNull(),
    updated_at: moment('updated_at').notNull(),
    settings_hash: text('settings_hash')
      .notNull()
      .references(() => versionSettings.hash),
  },
  (table) => [
    index('agent_versions_settings').on(table.settings_hash),
    uniqueIndex('agent_versions_number').on(table.agent_id, table.version_number),
    uniqueIndex('agent_versions_draft')
      .on(table.agent_id)
      .where(sql`not is_published`),
  ],
);

const historyColumns = {
  workspace_id: text('workspace_id').notNull(),
  created_at: moment('created_at').notNull(),
  type: text('type').notNull(),
  call_direction: text('call_direction').notNull(),
  entry_point: text('entry_point').notNull(),
  status: text('status').$type<CallStatus>().notNull(),
  end_reason: text('end_reason'),
  agent_id: text('agent_id').notNull(),
  agent_version_id: text('agent_version_id').notNull(),
  agent_version_title: text('agent_version_title'),
  origin: text('origin'),
  duration_ms: bigint('duration_ms', { mode: 'number' }),
  latency_ms: doublePrecision('latency_ms'),
  cost: doublePrecision('cost'),
  sentiment: text('sentiment').notNull(),
  findings: text('findings').array().notNull(),
  /** `key=value` of the metadata's own texts, numbers and booleans. */
  labels: text('labels').array().notNull(),
};

/** Call records. What the columns mean is said at `CallRow` and `CallState` in the domain. */
export const calls = pgTable(
  'calls',
  {
    id: text('id').primaryKey(),
    workspace_id: text('workspace_id')
      .notNull()
      .references(() => workspaces.id),
    type: text('type').$type<'web'>().notNull(),
    call_direction: text('call_direction').$type<'inbound'>().notNull(),
    entry_point: text('entry_point').$type<EntryPoint>().notNull().default('web'),
    status: text('status').$type<CallStatus>().notNull(),
    end_reason: text('end_reason').$type<EndReason>(),
    agent_id: text('agent_id').notNull(),
    agent_name: text('agent_name').notNull(),
    agent_version_id: text('agent_version_id').notNull(),
    agent_version_number: integer('agent_version_number').notNull(),
    agent_version_title: text('agent_version_title'),
    settings_hash: text('settings_hash')
      .notNull()
      .references(() => versionSettings.hash),
    opt_out_sensitive_data_storage: boolean('opt_out_sensitive_data_storage').notNull(),
    room_name: text('room_name').notNull(),
    room_open: boolean('room_open').notNull(),
    caller_identity: text('caller_identity').notNull(),
    agent_identity: text('agent_identity'),
    call_token_hash: text('call_token_hash').notNull(),
    job_token_hash: text('job_token_hash'),
    variables: jsonb('variables').$type<Record<string, VariableValue>>().notNull(),
    metadata: jsonb('metadata').$type<Record<string, unknown>>().notNull(),
    consent: jsonb('consent').$type<NonNullable<WholeCallRow['consent']>>(),
    route: jsonb('route').$type<WholeCallRow['route']>().notNull(),
    created_at: moment('created_at').notNull(),
    grant_expires_at: moment('grant_expires_at').notNull(),
    max_call_duration_sec: integer('max_call_duration_sec').notNull(),
    started_at: moment('started_at'),
    agent_joined_at: moment('agent_joined_at'),
    answered_at: moment('answered_at'),
    caller_sid: text('caller_sid'),
    agent_sid: text('agent_sid'),
    joined_agent: text('joined_agent'),
    agent_asked_at: moment('agent_asked_at'),
    caller_left_at: moment('caller_left_at'),
    caller_left_reason: text('caller_left_reason').$type<EndReason>(),
    agent_left_at: moment('agent_left_at'),
    agent_left_reason: text('agent_left_reason').$type<EndReason>(),
    ended_at: moment('ended_at'),
    duration_ms: bigint('duration_ms', { mode: 'number' }),
    due_at: moment('due_at'),
    next_event_seq: integer('next_event_seq').notNull(),
    turn_count: integer('turn_count').notNull(),
    latency_ms: doublePrecision('latency_ms'),
    sentiment: text('sentiment').$type<'positive' | 'neutral' | 'negative' | 'unknown'>().notNull(),
    summary: text('summary'),
    json_output: jsonb('json_output').$type<Record<string, unknown>>(),
    cost: doublePrecision('cost'),
    findings: text('findings')
      .array()
      .$type<FindingCode[]>()
      .notNull()
      .default(sql`'{}'`),
    analysis_status: text('analysis_status').$type<AnalysisStatus>().notNull().default('none'),
    analysis: jsonb('analysis').$type<NonNullable<WholeCallRow['analysis']>>(),
    sensitive_delete: boolean('sensitive_delete').notNull(),
    recording_status: text('recording_status').$type<CallRecording['status']>().notNull(),
    recording_sample_rate: integer('recording_sample_rate'),
    recording_started_at: moment('recording_started_at'),
    recording_next_seq: integer('recording_next_seq').notNull(),
    recording_bytes: bigint('recording_bytes', { mode: 'number' }).notNull(),
    listener_id: text('listener_id'),
    listener_until: moment('listener_until'),
  },
  (table) => [
    uniqueIndex('calls_room').on(table.room_name),
    index('calls_settings').on(table.settings_hash),
    index('calls_of_key').on(sql`(route->>'api_key_id')`, table.created_at),
    index('calls_due')
      .on(table.due_at)
      .where(sql`ended_at is null`),
    index('calls_open')
      .on(table.workspace_id)
      .where(sql`ended_at is null`),
    index('calls_analysis')
      .on(table.analysis_status, table.id)
      .where(sql`analysis_status in ('queued', 'failed')`),
    index('calls_ended')
      .on(table.workspace_id, table.ended_at)
      .where(sql`ended_at is not null`),
    index('calls_analyzed')
      .on(table.workspace_id, table.ended_at)
      .where(sql`ended_at is not null and analysis_status <> 'none'`),
    index('calls_recorded')
      .on(table.workspace_id, table.ended_at)
      .where(sql`recording_bytes > 0`),
    index('calls_unfinished')
      .on(table.ended_at)
      .where(sql`ended_at is not null and (room_open or recording_status = 'recording')`),
  ],
);

/**
 * What calls that have ended are found and counted by: a narrow row for each, so that the columns of `calls` need no index
 * of their own while a call goes on. Triggers write it, whoever changes the call (see the migration).
 */
export const callHistory = pgTable(
  'call_history',
  {
    id: text('id')
      .primaryKey()
      .references(() => calls.id, { onDelete: 'cascade' }),
    ...historyColumns,
  },
  (table) => [
    index('call_history_created').on(table.workspace_id, table.created_at, table.id),
    index('call_history_duration').on(
      table.workspace_id,
      sql`(coalesce(duration_ms, -1))`,
      table.id,
    ),
    index('call_history_latency').on(table.workspace_id, sql`(coalesce(latency_ms, -1))`, table.id),
    index('call_history_cost').on(table.workspace_id, sql`(coalesce(cost, -1))`, table.id),
  ],
);

/** The rows of `callHistory`, and those of the open calls that are listed. A view, made by the migration. */
export const callList = pgView('call_list', {
  id: text('id').notNull(),
  ...historyColumns,
}).existing();

/** What was said in calls that have ended, for full-text search. Triggers write it too, and erase it. */
export const callWords = pgTable(
  'call_words',
  {
    call_id: text('call_id')
      .primaryKey()
      .references(() => calls.id, { onDelete: 'cascade' }),
    workspace_id: text('workspace_id').notNull(),
    created_at: moment('created_at').notNull(),
    words: tsvector('words').notNull(),
  },
  (table) => [
    index('call_words_created').on(table.workspace_id, table.created_at, table.call_id),
    index('call_words_words').using('gin', table.words).with({ gin_pending_list_limit: 256 }),
  ],
);

/** The timeline of calls. `position` orders rows of the same time. */
export const timeline = pgTable(
  'timeline',
  {
    id: text('id').primaryKey(),
    position: bigserial('position', { mode: 'number' }).notNull(),
    call_id: text('call_id')
      .notNull()
      .references(() => calls.id),
    type: text('type').notNull(),
    at: moment('at').notNull(),
    source: text('source').$type<'api' | 'caller' | 'agent' | 'media' | 'server'>().notNull(),
    status: text('status').$type<CallStatus>(),
    detail: jsonb('detail').$type<Record<string, unknown>>().notNull(),
  },
  (table) => [index('timeline_call').on(table.call_id, table.at, table.position)],
);

/** The turns of calls. `position` orders turns that begin at the same time. */
export const turns = pgTable(
  'turns',
  {
    call_id: text('call_id')
      .notNull()
      .references(() => calls.id),
    turn_id: text('turn_id').notNull(),
    position: bigserial('position', { mode: 'number' }).notNull(),
    role: text('role').$type<TurnRole>().notNull(),
    content: text('content').notNull(),
    started_at: moment('started_at').notNull(),
    ended_at: moment('ended_at').notNull(),
    interrupted: boolean('interrupted').notNull(),
    via: text('via').$type<TurnVia>().notNull().default('speech'),
    confidence: doublePrecision('confidence'),
    intent: text('intent'),
    facts: jsonb('facts').$type<string[]>(),
    latency: jsonb('latency').$type<TurnLatency>(),
    providers: jsonb('providers').$type<TurnProviders>(),
    source: text('source').$type<TurnSource>().notNull().default('agent'),
    unverified: boolean('unverified').notNull().default(false),
  },
  (table) => [primaryKey({ columns: [table.call_id, table.turn_id] })],
);

/** What is known of a call beside its words; no row until something is reported. Functions and transfers are rows. */
export const callEvidence = pgTable('call_evidence', {
  call_id: text('call_id')
    .primaryKey()
    .references(() => calls.id, { onDelete: 'cascade' }),
  client: jsonb('client').$type<ClientRow>(),
  audio_cache: jsonb('audio_cache').$type<CallAudioCache>(),
  usage: jsonb('usage').$type<CallUsage>(),
  cost: jsonb('cost').$type<CallCost>(),
  feedback: jsonb('feedback').$type<CallFeedback>(),
  trace_id: text('trace_id'),
});

/** Functions that agents called. `position` orders those of the same time. */
export const callFunctions = pgTable(
  'call_functions',
  {
    id: text('id').primaryKey(),
    position: bigserial('position', { mode: 'number' }).notNull(),
    call_id: text('call_id')
      .notNull()
      .references(() => calls.id, { onDelete: 'cascade' }),
    name: text('name').notNull(),
    at: moment('at').notNull(),
    arguments: jsonb('arguments').$type<CallFunction['arguments']>(),
    answer: jsonb('answer').$type<CallFunction['answer']>(),
    latency_ms: doublePrecision('latency_ms').notNull(),
    ok: boolean('ok').notNull(),
    error: text('error'),
    source: text('source').$type<CallFunction['source']>().notNull().default('version'),
  },
  (table) => [index('call_functions_call').on(table.call_id, table.at, table.position)],
);

/** Transfers of calls to other agents. */
export const callTransfers = pgTable(
  'call_transfers',
  {
    id: text('id').primaryKey(),
    position: bigserial('position', { mode: 'number' }).notNull(),
    call_id: text('call_id')
      .notNull()
      .references(() => calls.id, { onDelete: 'cascade' }),
    at: moment('at').notNull(),
    from: jsonb('from').$type<TransferParty>().notNull(),
    to: jsonb('to').$type<TransferParty>().notNull(),
    reason: text('reason'),
    status: text('status').$type<TransferStatus>().notNull(),
    error: text('error'),
  },
  (table) => [index('call_transfers_call').on(table.call_id, table.at, table.position)],
);

/** Ids of the media server's webhooks that were applied, so that a repeat changes nothing. */
export const mediaHints = pgTable(
  'media_hints',
  { id: text('id').primaryKey(), seen_at: moment('seen_at').notNull() },
  (table) => [index('media_hints_seen').on(table.seen_at)],
);

/** The agent and key of the demo page at `/`. */
export const demoPage = pgTable('demo_page', {
  key_id: text('key_id').primaryKey(),
  agent_id: text('agent_id').notNull(),
  publishable_key: text('publishable_key').notNull(),
});
