/** Times as the wire writes them. */

/** ISO 8601, or `null` for a time that has not come. */
export function isoOrNull(moment: Date | null): string | null {
  return moment ? moment.toISOString() : null;
}
