/** Bounded text. */

/** At most so many UTF-16 units, and never half of a character that takes two. */
export function cutText(text: string, most: number): string {
  if (text.length <= most) return text;
  const last = text.charCodeAt(most - 1);
  const isSplit = last >= 0xd8_00 && last <= 0xdb_ff;
  return text.slice(0, isSplit ? most - 1 : most);
}
