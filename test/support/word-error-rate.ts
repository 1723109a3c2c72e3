/** How far a transcript is from what was said. */

/** Words of the hypothesis that are wrong, per word of the reference. */
export function wordErrorRate(reference: string, hypothesis: string): number {
  const wanted = wordsOf(reference);
  const got = wordsOf(hypothesis);
  let row = got.map((_, index) => index + 1);
  row.unshift(0);
  wanted.forEach((word, index) => {
    const next = [index + 1];
    got.forEach((other, column) => {
      const swap = (row[column] ?? 0) + (word === other ? 0 : 1);
      next.push(Math.min(swap, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1));
    });
    row = next;
  });
  return (row.at(-1) ?? 0) / Math.max(1, wanted.length);
}

function wordsOf(text: string): string[] {
  return text
    .toLowerCase()
    .replace(/good-bye/g, 'goodbye')
    .replace(/[^a-z0-9' ]+/g, ' ')
    .split(' ')
    .filter(Boolean);
}
