/** Waiting with a limit. */

/** Resolves when the promise settles, at the latest after `ms`. */
export async function settledWithin(promise: Promise<unknown>, ms: number): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const limit = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  await Promise.race([promise.then(ignore, ignore), limit]);
  clearTimeout(timer);
}

function ignore(): void {}
