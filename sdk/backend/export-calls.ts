/** Exports of the call history, row by row. */
import { RestError } from '../rest/core/rest-error.js';
import { throwIfAborted } from '../rest/core/retry.js';
import type { Ask, RequestOptions } from '../rest/core/open-rest.js';
import type { CallSummary } from '../wire/call.js';
import { bodyParts } from './body-parts.js';
import type { CallOrder, CallSelection } from './list-calls-filter.js';

/** Which rows and columns. */
export interface ExportCallsQuery extends CallSelection, CallOrder {
  /** In their order, e.g. `['id', 'summary', 'json_output.topic', 'metadata.customer']`. Default: those of the list. */
  columns?: string[];
  /** The id of the last call that was read. Default: from the first on. */
  cursor?: string;
  /** Rows, at most. Default: all. */
  limit?: number;
}

/** How a file of an export is written. */
export interface ExportFileQuery extends ExportCallsQuery {
  /** Default `csv`. */
  format?: 'csv' | 'ndjson';
  /** Whether CSV begins with a byte order mark, by which Excel knows UTF-8. Default `false`. */
  bom?: boolean;
}

/** A row of an export: the columns that were asked for, by name. */
export type ExportedCall = Partial<CallSummary> & Record<string, unknown>;

const PATH = '/v1/calls/export';
/** Longer than any row. */
const LONGEST_MIB = 32;
/** Times in a row that an answer may break off before a row of it has come. */
const MOST_BREAKS = 3;

/** The export as a response, whose body is the file. */
export function exportFile(
  ask: Ask,
  query: ExportFileQuery,
  options: RequestOptions,
): Promise<Response> {
  const request = { method: 'GET', path: PATH, query, ...options } as const;
  return ask(request, (answer) => Promise.resolve(answer));
}

/** The rows. Goes on after the last one when an answer breaks off; without `id` among the columns it is left out of them. */
export async function* exportRows(
  ask: Ask,
  { columns, cursor, limit = Infinity, ...query }: ExportCallsQuery,
  options: RequestOptions,
): AsyncGenerator<ExportedCall, void, undefined> {
  const { signal } = options;
  const hasId = columns === undefined || columns.includes('id');
  const asked = columns && (hasId ? columns : ['id', ...columns]);
  let after = cursor;
  let left = limit;
  for (let breaks = 0; left > 0;) {
    const answer = await exportFile(
      ask,
      {
        ...query,
        ...(asked ? { columns: asked } : {}),
        ...(after === undefined ? {} : { cursor: after }),
        ...(left < Infinity ? { limit: left } : {}),
        format: 'ndjson',
      },
      options,
    );
    try {
      for await (const line of bodyParts(answer, { end: '\n', mostMiB: LONGEST_MIB, signal })) {
        const row = JSON.parse(line) as ExportedCall;
        [after, breaks, left] = [row.id, 0, left - 1];
        if (!hasId) delete row.id;
        yield row;
      }
      return;
    } catch (cause) {
      if (cause instanceof RestError) throw cause;
      throwIfAborted(signal);
      breaks += 1;
      if (breaks < MOST_BREAKS) continue;
      throw new RestError('network_unreachable', 'The export broke off.', { cause });
    }
  }
}
