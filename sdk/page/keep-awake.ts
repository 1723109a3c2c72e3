/** Keeps the screen on during a call, by a wake lock. */

/**
 * Returns a function that ends it. The browser releases the lock whenever the page is hidden, so it is requested again
 * when the page is visible.
 */
export function keepAwake(): () => void {
  const page = globalThis.document as Document | undefined;
  const locks = (globalThis.navigator as { wakeLock?: WakeLock } | undefined)?.wakeLock;
  if (!page || !locks) return () => {};
  let lock: WakeLockSentinel | null = null;
  let over = false;
  const acquire = async () => {
    if (over || page.visibilityState !== 'visible') return;
    try {
      const got = await locks.request('screen');
      if (over) await got.release();
      else lock = got;
    } catch {
      // Refused, for instance by low battery: the call goes on without it.
    }
  };
  const again = () => void acquire();
  page.addEventListener('visibilitychange', again);
  again();
  return () => {
    over = true;
    page.removeEventListener('visibilitychange', again);
    lock?.release().catch(() => {});
  };
}
