/** An error as the log may hold it: what broke and where, never what somebody said or sent. */

/** What stands in a log line under `err`. */
export interface DescribedError {
  type: string;
  message: string;
  code?: string;
  /** Of a database's refusal: which table, column or rule. */
  about?: string;
  stack?: string;
  cause?: DescribedError;
}

const MAX_CAUSES = 5;

/** A failed query is told by its text and SQLSTATE: its values, and a database's own words, are the callers'. */
export function describeError(error: unknown, depth = 0): DescribedError {
  if (!(error instanceof Error)) return { type: typeof error, message: 'not an error' };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  const about = isFromDatabase(error) ? aboutOf(error) : '';
  return {
    type: error.name === 'Error' ? error.constructor.name : error.name,
    message: messageOf(error),
    ...(code === undefined ? {} : { code }),
    ...(about === '' ? {} : { about }),
    stack: framesOf(error),
    ...(error.cause !== undefined && depth < MAX_CAUSES
      ? { cause: describeError(error.cause, depth + 1) }
      : {}),
  };
}

function messageOf(error: Error): string {
  if ('query' in error && 'params' in error) return `Failed query: ${String(error.query)}`;
  return isFromDatabase(error) ? 'The database refused.' : error.message;
}

/** PostgreSQL's and PGlite's own errors have a severity and an SQLSTATE. */
function isFromDatabase(error: Error): boolean {
  return 'severity' in error && 'code' in error && /^[0-9A-Z]{5}$/.test(String(error.code));
}

function aboutOf(error: object): string {
  const { table, column, constraint } = error as Record<string, unknown>;
  return [table, column, constraint].filter((part) => typeof part === 'string').join(' ');
}

function framesOf(error: Error): string {
  const stack = error.stack ?? '';
  const at = stack.indexOf(error.message);
  return at < 0 ? '' : stack.slice(at + error.message.length).trim();
}
