/** Bounded text. */

/** At most so many UTF-16 units, and never half of a character that takes two. */
export function cutText(text: string, most: number): string {
  return text.slice(0, most).replace(/[\ud800-\udbff]$/, '');
}
