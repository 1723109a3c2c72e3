/** Schemas that several resources share. */
import { z } from '@hono/zod-openapi';
import type { CallLimit, ErrorBody, ErrorCode } from '../../../sdk/wire/error-body.js';
import { ERROR_CODES } from '../errors/error-table.js';

/** An instant as ISO 8601 with an offset, e.g. `2026-11-23T10:00:00.000Z`. */
export const instant = z.iso
  .datetime({
    offset: true,
    abort: true,
    error: 'must be a date and time with its offset, such as 2026-11-23T10:00:00Z',
  })
  .refine(isStorable, 'must lie in the years 1 to 9999')
  .openapi({ description: 'ISO 8601 with an offset.', example: '2026-11-23T10:00:00.000Z' });

/** A number from 1 that the database can hold, and the next one too. */
export const counted = z.int().min(1).max(2_147_483_646);

/** A value for `{{name}}` in a prompt. */
export const variableValue = z.union([z.string().max(2_000), z.number(), z.boolean()]);

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
  .openapi({ description: 'At most 50 keys of 64 characters, 2,000 characters a value.' });

/** Stored on the record only. */
export const metadata = z
  .record(z.string(), z.unknown())
  .refine((value) => Buffer.byteLength(JSON.stringify(value)) <= 16_384, 'is over 16 KiB as JSON')
  .openapi({ description: 'At most 16 KiB as JSON.' });

const CALL_LIMITS = [
  'concurrent_calls',
  'open_calls_per_address',
  'open_calls_per_visitor',
  'waiting_calls_per_address',
  'calls_per_hour',
  'minutes_per_day',
] as const satisfies CallLimit[];

/** The body of every error. */
export const errorBody = z
  .object({
    statusCode: z.int(),
    error: z.string(),
    message: z.union([z.string(), z.array(z.string())]),
    code: z.enum(ERROR_CODES as [ErrorCode, ...ErrorCode[]]),
    limit: z
      .enum(CALL_LIMITS)
      .optional()
      .openapi({ description: 'The limit of calls that was reached.' }),
  })
  .openapi('Error');

/** A page of a list. */
export function pageOf<T extends z.ZodType>(row: T) {
  return z.object({ data: z.array(row), next_cursor: z.string().nullable() });
}

/** An instant in a query, where a `+` that was not written as `%2B` arrives as a space. */
export const queriedInstant = z.preprocess(
  (text) => (typeof text === 'string' ? text.replace(/(T[\d:.]+) (?=\d\d:\d\d$)/, '$1+') : text),
  instant.optional(),
);

/** A natural number in a query. */
export const queriedNatural = z
  .string()
  .regex(/^\d{1,15}$/, 'must be a whole number from 0 on')
  .transform(Number)
  .optional()
  .openapi({ type: 'integer', minimum: 0 });

/** One value of a closed list, or several with commas between them. */
export function severalOf(allowed: readonly string[]) {
  const words = allowed.join(', ');
  return several((value) => (allowed.includes(value) ? null : `is unknown: use ${words}`)).openapi({
    description: `One or several of ${words}, with commas between them.`,
  });
}

/** One id with this prefix, or several with commas between them. */
export function severalIds(prefix: string) {
  const isId = new RegExp(`^${prefix}_\\w{1,80}$`);
  return several((value) => (isId.test(value) ? null : `is no id: it begins with ${prefix}_`));
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

/** Milliseconds since 1970 of the last instant with a year of four digits. */
const LAST_INSTANT = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

/** What a list is sorted by, per prefix of its ids; a call without a duration sorts as -1. */
const POSITIONS = {
  agent: { from: 0, to: LAST_INSTANT },
  key: { from: 0, to: LAST_INSTANT },
  call: { from: -1, to: LAST_INSTANT },
  av: { from: 1, to: 2_147_483_647 },
} as const;

/** A cursor's text: where the page ended, and the list's order where it is not the usual one. */
const CURSOR = /^(-?\d{1,15})\|([a-z]+)_\w{1,80}(?:\|([a-z_]+\.[a-z]+))?$/;

/** The order that a cursor goes with, e.g. `duration.asc`; nothing for the usual one. */
export function orderOfCursor(cursor: string): string | undefined {
  return CURSOR.exec(plainCursor(cursor))?.[3];
}

function plainCursor(cursor: string): string {
  return Buffer.from(cursor, 'base64url').toString('latin1');
}

/** `limit` and `cursor` of the list whose ids have this prefix; no other list's cursor will do. */
export function pageQuery(prefix: keyof typeof POSITIONS) {
  const { from, to } = POSITIONS[prefix];
  const isCursor = (text: string): boolean => {
    const [, value, list] = CURSOR.exec(plainCursor(text)) ?? [];
    return list === prefix && Number(value) >= from && Number(value) <= to;
  };
  return {
    limit: z.coerce.number().int().min(1).max(200).optional(),
    cursor: z.string().max(200).refine(isCursor, 'must be a next_cursor of this list').optional(),
  };
}

// The two agree member for member; `code` and `limit` are closed lists in both.
const _errorBody: ErrorBody = {} as z.output<typeof errorBody>;
void _errorBody;

/** Documents `Idempotency-Key`. */
export const idempotencyHeader = z.object({
  'idempotency-key': z.string().min(1).max(255).optional().openapi({
    description:
      'The same request again is answered the same; with a publishable key, the same visitor’s.',
  }),
});

/** No database column holds years beyond these; a time with an offset may leave them. */
function isStorable(text: string): boolean {
  const year = new Date(text).getUTCFullYear();
  return year >= 1 && year <= 9_999;
}
