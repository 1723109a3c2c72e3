/** Schemas that several resources share. */
import { z } from '@hono/zod-openapi';
import { DEFAULT_LIMIT } from '../../domain/page-limit.js';
import { ERROR_CODES } from '../errors/error-table.js';
import { component } from './component.js';
import type { ErrorCode } from '../../../sdk/wire/error-body.js';

/** An instant as ISO 8601 with an offset, e.g. `2026-11-23T10:00:00.000Z`. */
export const instant = z.iso
  .datetime({
    offset: true,
    abort: true,
    error: 'must be a date and time with its offset, such as 2026-11-23T10:00:00Z',
  })
  .refine(isStorable, 'must lie in the years 1 to 9999')
  .openapi({ description: 'ISO 8601 with an offset.', example: '2026-11-23T10:00:00.000Z' });

/** The database can hold it, and the next one too. */
const MOST_COUNTED = 2_147_483_646;

/** A number from 1 that the database can hold, and the next one too. */
export const counted = z.int().min(1).max(MOST_COUNTED);

/** A value for `{{name}}` in a prompt. */
export const variableValue = component(
  'VariableValue',
  'A value that may stand for `{{name}}` in a prompt. At most 2,000 characters.',
  z.union([z.string().max(2_000), z.number(), z.boolean()]),
);

/** Bounds a record's members; they are counted before any of them is looked at. */
export function maxKeys(most: number): z.core.$ZodCheck<object> {
  const check = z.refine<object>((record) => Object.keys(record).length <= most, {
    message: `may hold at most ${most} keys`,
  });
  check._zod.onattach.push((schema) => {
    schema._zod.bag.maximum = most;
  });
  return check;
}

/** Values for a prompt's placeholders, or a version's defaults for them. */
export const variables = z
  .record(z.string().min(1).max(64), variableValue)
  .check(maxKeys(50))
  .describe('At most 50 keys of 64 characters, 2,000 characters a value.');

/** Stored on the record only. */
export const metadata = z
  .record(z.string(), z.unknown())
  .refine((value) => Buffer.byteLength(JSON.stringify(value)) <= 16_384, 'is over 16 KiB as JSON')
  .describe('At most 16 KiB as JSON.');

const errorCode = component(
  'ErrorCode',
  'A stable code: the same word on the wire, in the SDK, in the docs and in the database.',
  z.enum(ERROR_CODES as [ErrorCode, ...ErrorCode[]]),
);

const callLimit = component(
  'CallLimit',
  'What was used up, in an answer with `capacity_reached` or `rate_limited` about calls.',
  z.enum([
    'concurrent_calls',
    'open_calls_per_address',
    'open_calls_per_visitor',
    'waiting_calls_per_address',
    'calls_per_hour',
    'minutes_per_day',
  ]),
);

/** The body of every error. */
export const errorBody = component(
  'ErrorBody',
  'The body of every answer with a status of 400 or above.',
  z.object({
    statusCode: z.int().describe('The HTTP status.'),
    error: z.string().describe('Its short HTTP name, e.g. `Bad Request`.'),
    message: z
      .union([z.string(), z.array(z.string())])
      .describe('One sentence, or one a field when several fields are wrong.'),
    code: errorCode.describe('What went wrong, in one stable word.'),
    limit: callLimit.optional().describe('Which limit of calls was reached, where one was.'),
  }),
);

/** A page of a list. */
export function pageOf<T extends z.ZodType>(row: T) {
  return z.object({
    data: z.array(row).describe('The rows of this page.'),
    next_cursor: z
      .string()
      .nullable()
      .describe('`cursor` of the next page; null when this is the last.'),
  });
}

/** An instant in a query, where a `+` that was not written as `%2B` arrives as a space. */
export function queriedInstant(description: string) {
  return z.preprocess(
    (text) => (typeof text === 'string' ? text.replace(/(T[\d:.]+) (?=\d\d:\d\d$)/, '$1+') : text),
    instant.optional().describe(`${description} ISO 8601 with an offset.`),
  );
}

/** A whole number in an address or a header, in decimal digits. */
export function writtenWhole(least: number, most: number, description: string) {
  const range = most < Number.MAX_SAFE_INTEGER ? `from ${least} to ${most}` : `from ${least} on`;
  const message = `must be a whole number ${range}`;
  return z
    .string(message)
    .regex(/^\d{1,15}$/, { message, abort: true })
    .transform(Number)
    .refine((number) => number >= least && number <= most, message)
    .openapi({
      type: 'integer',
      minimum: least,
      ...(most < Infinity ? { maximum: most } : {}),
      description,
    });
}

/** The same as `counted`, in an address. */
export function writtenCounted(description: string) {
  return writtenWhole(1, MOST_COUNTED, description);
}

/** A natural number in a query. */
export function queriedNatural(description: string) {
  return writtenWhole(0, Infinity, description).optional();
}

/** One value of a closed list, or several with commas between them. */
export function severalOf(allowed: readonly string[]) {
  const words = allowed.join(', ');
  return several((value) => (allowed.includes(value) ? null : `is unknown: use ${words}`)).describe(
    `One or several of ${words}, with commas between them.`,
  );
}

/** One id with this prefix, or several with commas between them. */
export function severalIds(prefix: string) {
  const isId = new RegExp(`^${prefix}_\\w{1,80}$`);
  return several((value) =>
    isId.test(value) ? null : `is no id: it begins with ${prefix}_`,
  ).describe(`One or several ids, \`${prefix}_…\`, with commas between them.`);
}

function several(faultOf: (value: string) => string | null) {
  return z
    .string()
    .max(2_000)
    .superRefine((text, context) => {
      for (const value of splitValues(text)) {
        const fault = faultOf(value);
        const message = `"${value.slice(0, 60)}" ${fault ?? ''}`;
        if (fault !== null) context.addIssue({ code: 'custom', message });
      }
    })
    .optional();
}

/** The values of a filter that takes several; a comma too many names none. */
export function splitValues(text: string): string[] {
  return text
    .split(',')
    .map((value) => value.trim())
    .filter(Boolean);
}

/** `limit` and `cursor` of a list; what a cursor holds is the store's business. */
export const pageQuery = {
  limit: writtenWhole(
    1,
    200,
    `How many rows the page has at most. 1–200, default ${DEFAULT_LIMIT}.`,
  ).optional(),
  cursor: z
    .string()
    .max(200)
    .optional()
    .describe('`next_cursor` of the page before. Default: the first page.'),
};

/** The part of a path that names a call. */
export const callParams = z.object({ call_id: z.string().describe('The call, `call_…`.') });

/** Documents `Idempotency-Key`. */
export const idempotencyHeader = z.object({
  'idempotency-key': z
    .string()
    .min(1)
    .max(255)
    .optional()
    .describe(
      'The same request again is answered the same; with a publishable key, the same visitor’s.',
    ),
});

/** No database column holds years beyond these; a time with an offset may leave them. */
function isStorable(text: string): boolean {
  const year = new Date(text).getUTCFullYear();
  return year >= 1 && year <= 9_999;
}
