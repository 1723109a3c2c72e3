/** The columns that an export may have. */

/** Of the call's own, in the order of the default, which ends where the long ones begin. */
export const EXPORT_COLUMNS = [
  'id',
  'type',
  'call_direction',
  'entry_point',
  'status',
  'end_reason',
  'agent_id',
  'agent_name',
  'agent_version_id',
  'agent_version_number',
  'agent_version_title',
  'created_at',
  'started_at',
  'answered_at',
  'ended_at',
  'duration_ms',
  'turn_count',
  'latency_ms',
  'cost',
  'sentiment',
  'findings',
  'origin',
  'page_url',
  'locale',
  'api_key_id',
  'summary',
  'transcript',
  'json_output',
  'metadata',
  'variables',
  'consent',
] as const;

/** Columns that hold members by name, each of which may be a column: `metadata.customer`. */
const EXPORT_RECORDS = ['json_output', 'metadata', 'variables', 'consent'] as const;

/** A column: a name of the call's own, and the member of it that is meant, where not all is. */
export interface ExportColumn {
  name: (typeof EXPORT_COLUMNS)[number];
  member?: string;
}

/** What is exported when nobody chooses. */
export const DEFAULT_COLUMNS: ExportColumn[] = EXPORT_COLUMNS.slice(
  0,
  EXPORT_COLUMNS.indexOf('page_url'),
).map((name) => ({ name }));

/** Columns whose values may be long, so that fewer rows are held at a time. */
const LONG: readonly string[] = ['summary', 'transcript', ...EXPORT_RECORDS];

/** Columns with words that are emptied when what was said is erased; a sentiment is a word of ours. */
const ERASED: readonly string[] = ['page_url', 'summary', 'transcript', 'json_output', 'variables'];

/** The column of that text; `null` when there is none. */
export function exportColumn(text: string): ExportColumn | null {
  const [first = '', ...rest] = text.split('.');
  const name = EXPORT_COLUMNS.find((one) => one === first);
  if (name === undefined) return null;
  if (rest.length === 0) return { name };
  const member = rest.join('.');
  const isRecord = (EXPORT_RECORDS as readonly string[]).includes(name);
  return isRecord && member !== '' ? { name, member } : null;
}

/** The column as it is asked for, and as it is headed. */
export function columnText({ name, member }: ExportColumn): string {
  return member === undefined ? name : `${name}.${member}`;
}

/** Whether rows of these columns may be long. */
export function areLong(columns: readonly ExportColumn[]): boolean {
  return columns.some(({ name, member }) => member === undefined && LONG.includes(name));
}

/** Whether there may be something in these columns that is erased with what was said. */
export function holdWords(columns: readonly ExportColumn[]): boolean {
  return columns.some(({ name }) => ERASED.includes(name));
}
