/** Workspaces and their API keys. */
import {
  bigint,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import { moment } from './moment.js';

/** A customer's workspace and its limits. */
export const workspaces = pgTable('workspaces', {
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  concurrency_limit: integer('concurrency_limit').notNull(),
  created_at: moment('created_at').notNull(),
  open_calls_per_address: integer('open_calls_per_address'),
  open_calls_per_visitor: integer('open_calls_per_visitor'),
  recording_days: integer('recording_days'),
  transcript_days: integer('transcript_days'),
  analysis_days: integer('analysis_days'),
  record_days: integer('record_days'),
});

/** API keys; of the key itself only the hash is stored. */
export const apiKeys = pgTable(
  'api_keys',
  {
    id: text('id').primaryKey(),
    workspace_id: text('workspace_id')
      .notNull()
      .references(() => workspaces.id),
    name: text('name').notNull(),
    kind: text('kind').$type<'publishable' | 'secret'>().notNull(),
    key_hash: text('key_hash').notNull(),
    prefix: text('prefix').notNull(),
    allowed_origins: jsonb('allowed_origins').$type<string[]>().notNull(),
    created_at: moment('created_at').notNull(),
    expires_at: moment('expires_at'),
    revoked_at: moment('revoked_at'),
    last_used_at: moment('last_used_at'),
    open_calls_per_address: integer('open_calls_per_address'),
    open_calls_per_visitor: integer('open_calls_per_visitor'),
    calls_per_hour: integer('calls_per_hour'),
    minutes_per_day: integer('minutes_per_day'),
  },
  (table) => [
    uniqueIndex('api_keys_key_hash').on(table.key_hash),
    index('api_keys_workspace').on(table.workspace_id, table.created_at),
  ],
);

/** How long calls of a key lasted, in ms, by the hour in which they ended. */
export const keyUsage = pgTable(
  'key_usage',
  {
    key_id: text('key_id').notNull(),
    hour: moment('hour').notNull(),
    talk_ms: bigint('talk_ms', { mode: 'number' }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.key_id, table.hour] })],
);
