/** Waits for a condition, never for a time. */

/** How much slower than a quiet machine one may be that runs other tests. */
const BUSY = 3;

/** How long, and what to say when it never came true. */
export interface WaitOptions {
  /** What it may take on a quiet machine: it only ends a wait for what never comes. */
  timeoutMs?: number;
  /** Instead, where it is promised to somebody: not a millisecond more. */
  withinMs?: number;
  everyMs?: number;
  /** What was awaited, for the message. */
  what?: string;
}

/** Asks again and again until the answer is neither `null`, `undefined` nor `false`. An error counts as "not yet". */
export async function waitFor<T>(
  ask: () => T | Promise<T>,
  {
    timeoutMs = 20_000,
    withinMs = timeoutMs * BUSY,
    everyMs = 50,
    what = 'the condition',
  }: WaitOptions = {},
): Promise<NonNullable<T>> {
  const deadline = Date.now() + withinMs;
  let last: unknown;
  for (;;) {
    try {
      const answer = await ask();
      if (answer !== null && answer !== undefined && answer !== false) return answer;
      last = answer;
    } catch (error) {
      last = error;
    }
    if (Date.now() > deadline) {
      const seen = last instanceof Error ? `: ${last.message}` : '';
      throw new Error(`${what} did not come within ${withinMs} ms${seen}`, { cause: last });
    }
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}
