/** Checks a value against its schema and words every fault for a person. */
import { z } from '@hono/zod-openapi';
import { MAX_SENTENCES } from '../errors/answer-error.js';
import { cutText } from '../../domain/templates/cut-text.js';
import { HttpError } from '../errors/http-error.js';
import { overLong } from './over-long.js';

type Issue = z.core.$ZodIssue;

/** Answers the parsed value, or throws `validation_failed` with one sentence a field. */
export function validate<T extends z.ZodType>(schema: T, value: unknown): z.output<T> {
  const lengths = overLong(schema, value);
  if (lengths.length > 0) throw HttpError.validationFailed(lengths.map(sentenceOf));
  const result = schema._zod.run({ value, issues: [] }, CONTEXT);
  if (result instanceof Promise) throw new z.core.$ZodAsyncError();
  if (result.issues.length === 0) return result.value as z.output<T>;
  throw HttpError.validationFailed(sentencesOf(result.issues));
}

const CONTEXT = { async: false } as const;

/** `safeParse` words every issue before anybody reads one, and there may be thousands. */
function sentencesOf(issues: readonly z.core.$ZodRawIssue[]): string[] {
  const sentences = new Set<string>();
  for (const raw of issues) {
    const issue = z.core.util.finalizeIssue(raw, CONTEXT, z.core.config());
    for (const sentence of wordIssue(issue)) sentences.add(sentence);
    if (sentences.size >= MAX_SENTENCES) break;
  }
  return [...sentences].slice(0, MAX_SENTENCES);
}

function wordIssue(issue: Issue, above: readonly PropertyKey[] = []): string[] {
  const path = [...above, ...issue.path];
  if (issue.code === 'unrecognized_keys') {
    const keys = issue.keys.slice(0, MAX_SENTENCES);
    return keys.map((key) => `${pathOf([...path, key])} is not a known field.`);
  }
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    const nearest = issue.errors.reduce((a, b) => (deepest(b) > deepest(a) ? b : a));
    if (deepest(nearest) > 0) return nearest.flatMap((inner) => wordIssue(inner, path));
  }
  return [sentenceOf({ path, message: issue.message })];
}

function deepest(issues: readonly Issue[]): number {
  return Math.max(0, ...issues.map((issue) => issue.path.length));
}

function sentenceOf({ path, message }: { path: readonly PropertyKey[]; message: string }): string {
  return `${pathOf(path)}: ${message}.`;
}

function pathOf(path: readonly PropertyKey[]): string {
  if (path.length === 0) return 'body';
  const text = path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`));
  return cutText(text.join('').replace(/^\./, ''), 200);
}
