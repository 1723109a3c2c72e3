/** Schemas that several resources share: instants, numbers in addresses, pages, variables, metadata, errors. */
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

/** The largest integer of PostgreSQL less one, so that the number after it can be stored too. */
const MOST_COUNTED = 2_147_483_646;

/** A whole number from 1 that fits into an integer column. */
export const counted = z.int().min(1).max(MOST_COUNTED);

/** Milliseconds of ten days: no page and no call is open for longer, and nothing in one lasts longer. */
export const MOST_MS = 864_000_000;

/** A value for `{{name}}` in a prompt. */
export const variableValue = component(
  'VariableValue',
  'A value that may stand for `{{name}}` in a prompt. At most 2,000 characters.',
  z.union([z.string().max(2_000), z.number(), z.boolean()]),
);

/** Allows a record at most so many keys. Runs before the values are checked, so that a huge record costs little. */
export function maxKeys(most: number): z.core.$ZodCheck<object> {
  const check = z.refine<object>((record) => Object.keys(record).length <= most, {
    message: `may hold at most ${most} keys`,
  });
  check._zod.onattach.push((schema) => {
    schema._zod.bag.maximum = most;
  });
  return check;
}

/** Values for the `{{name}}` placeholders of a prompt, or a version's defaults for them. */
export const variables = z
  .record(z.string().min(1).max(64), variableValue)
  .check(maxKeys(50))
  .describe('Values by name. At most 50 names of 64 characters, 2,000 characters a value.');

/** The same as an answer has them: the version's defaults and the built-in ones add to what a request gave. */
export const allVariables = z.record(z.string(), variableValue).describe('Values by name.');

/** Data of the customer's that is stored on the call record and read by nobody else. */
export const metadata = z
  .record(z.string(), z.unknown())
  .refine((value) => Buffer.byteLength(JSON.stringify(value)) <= 16_384, 'is over 16 KiB as JSON')
  .describe('Any JSON object. At most 16 KiB as JSON.');

const errorCode = component(
  'ErrorCode',
  'A stable code: the same word on the wire, in the SDK, in the docs and in the database.',
  z.enum(ERROR_CODES as [ErrorCode, ...ErrorCode[]]),
);

const callLimit = component(
  'CallLimit',
  'Which limit on calls was reached, in an answer with `capacity_reached` or `rate_limited`.',
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
    error: z.string().describe('The name of that status, e.g. `Bad Request`.'),
    message: z
      .union([z.string(), z.array(z.string())])
      .describe('One sentence; an array with one for each field when several fields are wrong.'),
    code: errorCode.describe('What went wrong, as a stable code.'),
    limit: callLimit
      .optional()
      .describe('Which limit on calls was reached; absent for other errors.'),
  }),
);

/** A page of a list. */
export function pageOf<T extends z.ZodType>(row: T) {
  return z.object({
    data: z.array(row).describe('The rows of this page.'),
    next_cursor: z
      .string()
      .nullable()
      .describe('Pass it as `cursor` for the next page; null when this is the last.'),
  });
}

/** An instant in a query, where a `+` that was not written as `%2B` arrives as a space. */
export function queriedInstant(description: string) {
  return z.preprocess(
    (text) => (typeof text === 'string' ? text.replace(/(T[\d:.]+) (?=\d\d:\d\d$)/, '$1+') : text),
    instant.optional().describe(`${description} ISO 8601 with an offset.`),
  );
}

/** A whole number from `least` to `most` (inclusive) in an address or a header, written in decimal digits. */
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
      maximum: Math.min(most, 999_999_999_999_999),
      description,
    });
}

/** `counted` in an address. */
export function writtenCounted(description: string) {
  return writtenWhole(1, MOST_COUNTED, description);
}

/** An optional whole number from 0 in a query. */
export function queriedNatural(description: string) {
  return writtenWhole(0, Infinity, description).optional();
}

/** A filter that takes one or several of the `allowed` values, separated by commas. */
export function severalOf(allowed: readonly string[]) {
  const words = allowed.join(', ');
  return several(`One or several of ${words}, separated by commas.`, (value) =>
    allowed.includes(value) ? null : `is unknown: use ${words}`,
  );
}

/** A filter that takes one or several ids with this prefix, separated by commas. */
export function severalIds(prefix: string) {
  const isId = new RegExp(`^${prefix}_\\w{1,80}$`);
  return several(`One or several ids, \`${prefix}_…\`, separated by commas.`, (value) =>
    isId.test(value) ? null : `is no id: it begins with ${prefix}_`,
  );
}

/** A filter that takes one or several values, separated by commas: a list of them, or `undefined` when there are none. */
export function several(
  description: string,
  faultOf: (value: string) => string | null = () => null,
  maxLength = 2_000,
) {
  return z
    .string()
    .max(maxLength)
    .superRefine((text, context) => {
      for (const value of splitValues(text)) {
        const fault = faultOf(value);
        const message = `"${value.slice(0, 60)}" ${fault ?? ''}`;
        if (fault !== null) context.addIssue({ code: 'custom', message });
      }
    })
    .transform((text) => {
      const values = splitValues(text);
      return values.length > 0 ? values : undefined;
    })
    .optional()
    .openapi({ type: 'string', maxLength, description });
}

/** The values of a filter that takes several. Empty ones (`a,,b`) are left out. */
function splitValues(text: string): string[] {
  return text
    .split(',')
    .map((value) => value.trim())
    .filter(Boolean);
}

/** `limit` and `cursor` of a list. A cursor is opaque here: only the store reads it. */
export const pageQuery = {
  limit: writtenWhole(
    1,
    200,
    `Rows of the page, at most. 1–200, default ${DEFAULT_LIMIT}.`,
  ).optional(),
  cursor: z
    .string()
    .max(200)
    .optional()
    .describe('`next_cursor` of the previous page. Default: the first page.'),
};

/** The part of a path that names a call. */
export const callParams = z.object({ call_id: z.string().describe('The call, `call_…`.') });

/** The `Idempotency-Key` header, for the OpenAPI document and to bound its length. */
export const idempotencyHeader = z.object({
  'idempotency-key': z
    .string()
    .min(1)
    .max(255)
    .optional()
    .describe(
      'Makes a repeat of the request safe: the same key with the same body is answered as the first time, and creates nothing anew. With a publishable key, each visitor has keys of its own. 1 to 255 characters.',
    ),
});

/** PostgreSQL and ISO 8601 share these years only; an offset can shift a valid text beyond them. */
function isStorable(text: string): boolean {
  const year = new Date(text).getUTCFullYear();
  return year >= 1 && year <= 9_999;
}
