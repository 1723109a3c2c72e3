/** Lets a number of microtasks pass. */

/** Without a timer, so that a test can step through every `await`. */
export async function ticks(count: number): Promise<void> {
  for (let left = count; left > 0; left -= 1) await Promise.resolve();
}
