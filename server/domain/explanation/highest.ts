/** The item with the highest figure, the first where several have it; `null` of none. */
export function highest<T>(items: readonly T[], figure: (item: T) => number): T | null {
  let best: T | null = null;
  for (const item of items) if (best === null || figure(item) > figure(best)) best = item;
  return best;
}
