/** What is read of a call's row, unless the whole record is asked for. */
import { getTableColumns } from 'drizzle-orm';
import { calls } from './schema.js';

const {
  variables: _variables,
  metadata: _metadata,
  consent: _consent,
  summary: _summary,
  json_output: _jsonOutput,
  analysis: _analysis,
  ...narrow
} = getTableColumns(calls);

/** The columns of `CallRow`: without variables, metadata, consent and results, which may be long. */
export const CALL_COLUMNS = narrow;
