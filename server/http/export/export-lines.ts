/** Writes rows of an export as CSV or as NDJSON. */
import { columnText } from '../../domain/history/export-columns.js';
import type { ExportColumn } from '../../domain/history/export-columns.js';

/** How the rows are written. */
export interface ExportFormat {
  format: 'csv' | 'ndjson';
  /** Whether CSV begins with a byte order mark. */
  hasMark: boolean;
}

/** What a spreadsheet would take for a formula. */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;
const NEEDS_QUOTES = /[",\r\n]/;

/** The text of each batch; CSV begins with its head line. */
export async function* exportLines(
  batches: AsyncIterable<unknown[][]>,
  columns: readonly ExportColumn[],
  { format, hasMark }: ExportFormat,
): AsyncGenerator<string, void, undefined> {
  const names = columns.map(columnText);
  const head = format === 'csv' ? `${hasMark ? '\uFEFF' : ''}${csvLine(names)}` : '';
  let isFirst = true;
  for await (const rows of batches) {
    const lines = format === 'csv' ? rows.map(csvLine) : jsonLines(rows, names);
    yield (isFirst ? head : '') + lines.join('');
    isFirst = false;
  }
}

function csvLine(row: readonly unknown[]): string {
  return `${row.map(csvField).join(',')}\r\n`;
}

function csvField(value: unknown): string {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (value === null || value === undefined) return '';
  const text = textOf(value);
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return NEEDS_QUOTES.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  const isList = Array.isArray(value) && value.every((one) => typeof one === 'string');
  return isList ? value.join(';') : JSON.stringify(value);
}

function jsonLines(rows: readonly unknown[][], names: readonly string[]): string[] {
  const keys = names.map((name, n) => `${n === 0 ? '{' : ','}${JSON.stringify(name)}:`);
  return rows.map((row) => {
    let line = '';
    for (let n = 0; n < keys.length; n += 1) line += keys[n] + JSON.stringify(row[n] ?? null);
    return `${line}}\n`;
  });
}
