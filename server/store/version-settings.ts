/**
 * Queries on settings of versions: stored once under their hash, deleted when no version and no call uses them any
 * more.
 */
import { and, eq, lt, notExists, sql } from 'drizzle-orm';
import { agentVersions, calls, versionSettings } from './schema.js';
import type { VersionSettings } from '../../sdk/wire/agent.js';
import type { CallSettings } from '../domain/ports/rows.js';
import type { Database } from './database.js';

/** The columns of `CallSettings`, for a query that joins versions with their settings. */
export const CALL_SETTINGS = {
  settings_hash: versionSettings.hash,
  max_call_duration_sec: versionSettings.max_call_duration_sec,
  opt_out_sensitive_data_storage: versionSettings.opt_out_sensitive_data_storage,
} satisfies Record<keyof CallSettings, unknown>;

/**
 * Stores the settings unless they are stored already; returns their hash. It is the SHA-256 of the text that PostgreSQL
 * makes of the JSON, whose keys have one order; the migration of older rows computed it the same way.
 */
export async function putSettings(
  tx: Database,
  settings: VersionSettings,
  usedAt: Date,
): Promise<string> {
  const json = JSON.stringify(settings);
  const hash = sql`encode(sha256(convert_to(${json}::jsonb::text, 'UTF8')), 'hex')`;
  const [row] = await tx
    .insert(versionSettings)
    .values({ hash, settings, used_at: usedAt })
    .onConflictDoUpdate({ target: versionSettings.hash, set: { used_at: usedAt } })
    .returning({ hash: versionSettings.hash });
  if (!row) throw new Error('settings were written and answered no hash');
  return row.hash;
}

/**
 * Notes that a version ceased to use the settings: a call that has just read the hash may still be inserted with it.
 */
export async function leaveSettings(tx: Database, hash: string, at: Date): Promise<void> {
  await tx.update(versionSettings).set({ used_at: at }).where(eq(versionSettings.hash, hash));
}

/** Deletes settings that no version and no call uses, and that none has used since then. */
export async function dropUnusedSettings(db: Database, since: Date): Promise<void> {
  const { hash } = versionSettings;
  const version = db
    .select({ id: agentVersions.id })
    .from(agentVersions)
    .where(eq(agentVersions.settings_hash, hash));
  const call = db.select({ id: calls.id }).from(calls).where(eq(calls.settings_hash, hash));
  await db
    .delete(versionSettings)
    .where(and(lt(versionSettings.used_at, since), notExists(version), notExists(call)));
}
