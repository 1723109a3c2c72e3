/** What changed between two versions, leaf by leaf. */
import type { SettingChange, VersionSettings } from '../../../sdk/wire/agent.js';

/** Paths in the order of the first version's fields; lists are compared whole. */
export function diffSettings(before: VersionSettings, after: VersionSettings): SettingChange[] {
  return diffValues('', before, after);
}

function diffValues(path: string, before: unknown, after: unknown): SettingChange[] {
  if (isRecord(before) && isRecord(after)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    return keys.flatMap((key) =>
      diffValues(path === '' ? key : `${path}.${key}`, before[key], after[key]),
    );
  }
  if (canonical(before) === canonical(after)) return [];
  return [{ path, before: before ?? null, after: after ?? null }];
}

/** The store may give an object's keys in another order than they were written. */
function canonical(value: unknown): string {
  return JSON.stringify(value ?? null, (_key, inner: unknown) =>
    isRecord(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
