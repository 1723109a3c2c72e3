/** Says when something may be tried again, rounded as people would. */

const STEPS = [5, 10, 15, 20, 30, 45, 60] as const;
const MINUTE = 60_000;

/**
 * A wait in words: `in 45 seconds`, `in 5 minutes`, `in 1 hour`. Rounded up, so that nobody comes too early; hours to the nearest. The steps are wide:
 * what is announced does not change every second.
 *
 * @param ms - What is left, in milliseconds.
 * @param language - BCP 47.
 */
export function aboutWhen(ms: number, language: string): string {
  const [count, unit] = rounded(ms);
  return new Intl.RelativeTimeFormat(language).format(count, unit);
}

function rounded(ms: number): [number, 'second' | 'minute' | 'hour'] {
  if (ms <= MINUTE) return [stepOver(ms / 1000), 'second'];
  const minutes = Math.ceil(ms / MINUTE);
  if (minutes < 5) return [minutes, 'minute'];
  if (minutes <= 45) return [stepOver(minutes), 'minute'];
  return [Math.max(1, Math.round(minutes / 60)), 'hour'];
}

function stepOver(count: number): number {
  return STEPS.find((step) => count <= step) ?? 60;
}
