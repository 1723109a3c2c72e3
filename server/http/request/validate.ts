/** Checks a value against its schema and words every fault for a person. */
import { HttpError } from '../errors/http-error.js';
import type { z } from '@hono/zod-openapi';

/** Answers the parsed value, or throws `validation_failed` with one sentence a field. */
export function validate<T extends z.ZodType>(schema: T, value: unknown): z.output<T> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const sentences = result.error.issues.flatMap((issue) => wordIssue(issue));
  throw HttpError.validationFailed([...new Set(sentences)].slice(0, 20));
}

type Issue = z.core.$ZodIssue;

function wordIssue(issue: Issue, above: readonly PropertyKey[] = []): string[] {
  const path = [...above, ...issue.path];
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => `${pathOf([...path, key])} is not a known field.`);
  }
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    const nearest = issue.errors.reduce((a, b) => (deepest(b) > deepest(a) ? b : a));
    if (deepest(nearest) > 0) return nearest.flatMap((inner) => wordIssue(inner, path));
  }
  return [`${pathOf(path)}: ${issue.message}.`];
}

function deepest(issues: readonly Issue[]): number {
  return Math.max(0, ...issues.map((issue) => issue.path.length));
}

function pathOf(path: readonly PropertyKey[]): string {
  if (path.length === 0) return 'body';
  const text = path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`));
  return text.join('').replace(/^\./, '').slice(0, 200);
}
