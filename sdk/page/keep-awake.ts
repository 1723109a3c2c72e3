/** Keeps the screen on during a call. */

/** The browser drops the lock whenever the page is hidden: it is asked for again on the way back. */
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
      // Low battery or policy: the call goes on with a screen that sleeps.
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
