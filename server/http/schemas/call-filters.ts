/** Queries of the call history: which calls, in which order, and how they are counted or exported. */
import { z } from '@hono/zod-openapi';
import { columnText, DEFAULT_COLUMNS, exportColumn } from '../../domain/history/export-columns.js';
import { analysisStatus } from './analysis.js';
import { callSummary } from './call.js';
import { callStatus, endReason } from './call-status.js';
import { findingCode } from './explanation.js';
import { entryPoint } from './call-evidence.js';
import {
  pageQuery,
  queriedInstant,
  queriedNatural,
  several,
  severalIds,
  severalOf,
  writtenWhole,
} from './common.js';
import type { CallFilters } from '../../domain/calls/call-filters.js';
import type { ExportColumn } from '../../domain/history/export-columns.js';

const { type, call_direction, sentiment } = callSummary.shape;
const RANGES = [
  ['start_date', 'end_date'],
  ['duration_min', 'duration_max'],
  ['latency_min', 'latency_max'],
  ['cost_min', 'cost_max'],
] as const;
const METADATA = /^metadata\.([^=]{1,100})$/;
const MOST_LABEL = 200;

/** What a description of these queries says of filters that have no name of their own. */
export const ABOUT_FILTERS =
  'Filters that are given must all match; one with several values, separated by commas, matches any of them. An empty filter is ignored, an unknown one refused by name. ' +
  '`metadata.key=value` finds the calls whose metadata has that text, number or boolean under that key, e.g. `metadata.plan=pro`; ' +
  'values of up to 200 characters are found.';

const queriedAmount = (description: string) =>
  z
    .string()
    .regex(/^\d{1,12}(\.\d{1,9})?$/, 'must be a decimal number from 0 on, such as 0.25')
    .transform(Number)
    .optional()
    .openapi({ type: 'number', minimum: 0, maximum: 1e12, description });

const choice = <const T extends readonly [string, ...string[]]>(values: T, description: string) =>
  z.enum(values).optional().describe(description);

const filters = {
  agent_id: severalIds('agent'),
  call_id: severalIds('call'),
  agent_version_id: severalIds('av'),
  agent_version_name: z
    .string()
    .max(200)
    .optional()
    .describe('Part of the title of the version. At most 200 characters.'),
  type: severalOf(type.options),
  call_direction: severalOf(call_direction.options),
  entry_point: severalOf(entryPoint.options),
  status: severalOf(callStatus.options),
  end_reason: severalOf(endReason.options),
  sentiment: severalOf(sentiment.options),
  analysis: severalOf(analysisStatus.options),
  finding: severalOf(findingCode.options),
  origin: several(
    'One or several origins of pages, separated by commas, e.g. `https://shop.example`.',
  ),
  q: z
    .string()
    .max(200)
    .regex(/[\p{L}\p{N}]/u, 'must hold a word')
    .optional()
    .describe(
      'Words that were said in calls that have ended: all of them, capitals or not; "a phrase" in quotes, `or` between alternatives, `-` before what must not be there. Whole words, as they are. At most 200 characters.',
    ),
  start_date: queriedInstant('Calls created then or later.'),
  end_date: queriedInstant('Calls created then or before.'),
  duration_min: queriedNatural('Milliseconds that the call lasted at least.'),
  duration_max: queriedNatural('Milliseconds that the call lasted at most.'),
  duration_greater_than: queriedNatural('Milliseconds that the call lasted longer than.'),
  duration_less_than: queriedNatural('Milliseconds that the call lasted shorter than.'),
  latency_min: queriedNatural('Milliseconds of the median latency, at least.'),
  latency_max: queriedNatural('Milliseconds of the median latency, at most.'),
  cost_min: queriedAmount('What the call cost, at least.'),
  cost_max: queriedAmount('What the call cost, at most.'),
};

const order = {
  sort_by: choice(
    ['created_at', 'duration', 'latency', 'cost'],
    'What the list is sorted by; a call without it comes after all others downwards. Default `created_at`.',
  ),
  sort_order: choice(
    ['asc', 'desc'],
    'Upwards or downwards. Default `desc`: the newest, or longest, first.',
  ),
};

const cursor = z
  .string()
  .max(200)
  .optional()
  .describe(
    '`next_cursor` of the previous page, or the id of the last call that was read, `call_…`. Default: from the first on.',
  );

/** Filters of `GET /v1/calls`. */
export const listCallsQuery = historyQuery({
  ...pageQuery,
  cursor,
  ...filters,
  ...order,
  count: choice(
    ['true', 'false'],
    '`true`: answers `total` as well, which takes longer. Default `false`.',
  ),
});

/** Filters of `GET /v1/calls/export`, and what it looks like. */
export const exportCallsQuery = historyQuery({
  ...filters,
  ...order,
  cursor,
  limit: writtenWhole(1, 100_000_000, 'Rows, at most. Default: all.').optional(),
  format: choice(
    ['csv', 'ndjson'],
    '`csv`: comma-separated with a head line; `ndjson`: a JSON object a line. Default `csv`.',
  ),
  columns: several(
    'Columns in their order, separated by commas: those of the list, `origin`, `page_url`, `locale`, `api_key_id`, `summary`, `transcript`, `json_output`, `metadata`, `variables`, or one member of the last three, e.g. `json_output.topic`. ' +
      `Default \`${DEFAULT_COLUMNS.map(columnText).join(',')}\`.`,
    (value) => (exportColumn(value) ? null : 'is no column'),
    4_000,
  ),
  bom: choice(
    ['true', 'false'],
    '`true`: CSV begins with a byte order mark, by which Excel knows UTF-8. Default `false`.',
  ),
});

/** Filters of `GET /v1/calls/statistics`, and the steps of time. */
export const statisticsQuery = historyQuery({
  ...filters,
  interval: choice(['hour', 'day'], 'The steps of `by_time`. Default `day`.'),
  time_zone: z
    .string()
    .max(64)
    .refine(isTimeZone, 'must be the name of a time zone, such as Europe/Berlin')
    .optional()
    .describe('Where days and hours begin: an IANA time zone. Default `UTC`.'),
});

type HistoryQuery = z.output<typeof listCallsQuery> & Partial<z.output<typeof exportCallsQuery>>;

/** What of a query is not a filter. */
const OTHERS = ['count', 'format', 'columns', 'bom', 'interval', 'time_zone'];

/** The filters as the domain takes them: what is no filter left out, and the metadata as a record. */
export function filtersOf(query: Partial<HistoryQuery>): CallFilters {
  const known: Record<string, unknown> = {};
  const labels: [string, string][] = [];
  for (const [name, value] of Object.entries(query)) {
    const label = METADATA.exec(name)?.[1];
    if (label !== undefined) {
      if (value !== '') labels.push([label, String(value)]);
    } else if (!OTHERS.includes(name)) {
      known[name] = value;
    }
  }
  if (labels.length > 0) known['metadata'] = Object.fromEntries(labels);
  return known;
}

/** The columns that an export asks for. */
export function columnsOf(names: readonly string[] | undefined): ExportColumn[] {
  return names?.flatMap((one) => exportColumn(one) ?? []) ?? DEFAULT_COLUMNS;
}

/** Knows its fields, and `metadata.…`; refuses ranges that nothing lies in. */
function historyQuery<T extends z.ZodRawShape & typeof filters>(shape: T) {
  return z
    .object(shape)
    .catchall(z.string().max(MOST_LABEL))
    .superRefine((query: Record<string, unknown>, context) => {
      const unknown = Object.keys(query).filter(
        (name) => !Object.hasOwn(shape, name) && !METADATA.test(name),
      );
      if (unknown.length > 0) {
        context.addIssue({ code: 'unrecognized_keys', keys: unknown, input: query });
      }
      for (const [from, to] of RANGES) {
        const [least, most] = [orderable(query[from]), orderable(query[to])];
        if (least === null || most === null || least <= most) continue;
        context.addIssue({ code: 'custom', path: [from], message: `lies beyond ${to}` });
      }
    });
}

function orderable(value: unknown): number | null {
  if (typeof value === 'number') return value;
  return typeof value === 'string' ? Date.parse(value) : null;
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return /^[A-Za-z]/.test(name);
  } catch {
    return false;
  }
}
