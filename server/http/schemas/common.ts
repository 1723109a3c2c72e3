/** Schemas that several resources share. */
import { z } from '@hono/zod-openapi';
import type { ErrorBody, ErrorCode } from '../../../sdk/wire/error-body.js';
import { ERROR_CODES } from '../errors/error-table.js';

/** An instant as ISO 8601 with an offset, e.g. `2026-11-23T10:00:00.000Z`. */
export const instant = z.iso
  .datetime({ offset: true })
  .openapi({ description: 'ISO 8601 with an offset.', example: '2026-11-23T10:00:00.000Z' });

/** A value for `{{name}}` in a prompt. */
export const variableValue = z.union([z.string().max(2_000), z.number(), z.boolean()]);

/** Values for a prompt's placeholders, or a version's defaults for them. */
export const variables = z
  .record(z.string().min(1).max(64), variableValue)
  .refine((value) => Object.keys(value).length <= 50, 'may hold at most 50 keys')
  .openapi({ description: 'At most 50 keys of 64 characters, 2,000 characters a value.' });

/** Stored on the record only. */
export const metadata = z
  .record(z.string(), z.unknown())
  .refine((value) => Buffer.byteLength(JSON.stringify(value)) <= 16_384, 'is over 16 KiB as JSON')
  .openapi({ description: 'At most 16 KiB as JSON.' });

/** An id of ours in a path: anything else cannot exist, and is answered as such. */
export function idParam(prefix: string): z.ZodString {
  return z
    .string()
    .max(100)
    .openapi({ example: `${prefix}…` });
}

/** The body of every error. */
export const errorBody = z
  .object({
    statusCode: z.int(),
    error: z.string(),
    message: z.union([z.string(), z.array(z.string())]),
    code: z.enum(ERROR_CODES as [ErrorCode, ...ErrorCode[]]),
  })
  .openapi('Error');

/** A page of a list. */
export function pageOf<T extends z.ZodType>(row: T) {
  return z.object({ data: z.array(row), next_cursor: z.string().nullable() });
}

/** `limit` and `cursor`, as every list takes them. */
export const pageQuery = {
  limit: z.coerce.number().int().min(1).max(200).optional(),
  cursor: z.string().max(200).refine(isCursor, 'must be a next_cursor of this list').optional(),
};

/** A position and an id, made opaque by the store. */
function isCursor(text: string): boolean {
  const plain = Buffer.from(text, 'base64url').toString('latin1');
  return /^-?\d{1,16}(\.\d{1,6})?\|\w{1,80}$/.test(plain);
}

// The two agree member for member; `code` is a closed list in both.
const _errorBody: ErrorBody = {} as z.output<typeof errorBody>;
void _errorBody;

/** Documents `Idempotency-Key`. */
export const idempotencyHeader = z.object({
  'idempotency-key': z.string().min(1).max(255).optional(),
});
