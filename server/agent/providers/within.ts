/** A promise that is not waited for longer than it may take. */

/** Stands for a promise that took too long. */
export const LATE = Symbol('late');

/** `LATE` after `ms` milliseconds; rejects as the promise does. What comes later is nobody's. */
export async function within<T>(promise: Promise<T>, ms: number): Promise<T | typeof LATE> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<typeof LATE>((resolve) => {
    timer = setTimeout(() => resolve(LATE), ms);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
