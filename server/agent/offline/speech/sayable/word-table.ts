/** Tables of what is written and what is said, and patterns that find the former. */

/** Rows end with a line or with `|`; what is written ends with the first space. */
export function wordTable(rows: string): ReadonlyMap<string, string> {
  return new Map(
    rows
      .trim()
      .split(/[|\n]/)
      .map((row) => {
        const at = row.indexOf(' ');
        return [row.slice(0, at), row.slice(at + 1)] as const;
      }),
  );
}

/** Source of a pattern: any key of the table, the longest that fits. */
export function anyOf(table: ReadonlyMap<string, unknown>): string {
  return [...table.keys()]
    .sort((a, b) => b.length - a.length)
    .map((key) => key.replaceAll(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`))
    .join('|');
}
