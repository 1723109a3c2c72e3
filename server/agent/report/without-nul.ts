/** What no database of the server's can hold, and what it therefore refuses: a caller may type it, and a model may say it. */

/** A copy with U+FFFD for every U+0000 in its texts. */
export function withoutNul<T>(value: T): T {
  const tidy = (_: string, member: unknown): unknown =>
    typeof member === 'string' ? member.replaceAll('\u0000', '\uFFFD') : member;
  return JSON.parse(JSON.stringify(value), tidy) as T;
}
