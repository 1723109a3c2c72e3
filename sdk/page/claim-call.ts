/** Lets one call at a time be made in this browser, by a lock that all pages of the site share. */

const LOCK = 'dialnexa-call';
/** A call that is just being ended is waited for. */
const WAIT_MS = 500;

/**
 * Resolves with a function that lets the next call be made; with `null` while another call goes on. `takesOver`: ends that
 * one instead. `taken` is told when a later call has taken over. Where the browser has no such locks every call is let through.
 */
export function claimCall(takesOver: boolean, taken: () => void): Promise<(() => void) | null> {
  const { locks } = (globalThis.navigator ?? {}) as { locks?: LockManager };
  if (!locks) return Promise.resolve(() => {});
  return new Promise((resolve) => {
    const wait = new AbortController();
    let isOurs = false;
    // On a busy page the time is over before word of a free lock comes through: only one that is held is a call.
    const look = async (): Promise<void> => {
      const { held = [] } = await locks.query();
      if (isOurs) return;
      if (held.some(({ name }) => name === LOCK)) wait.abort();
      else timer = setTimeout(look, WAIT_MS);
    };
    let timer = takesOver ? undefined : setTimeout(look, WAIT_MS);
    const hold = (): Promise<void> => {
      clearTimeout(timer);
      isOurs = true;
      return new Promise((release) => resolve(() => release()));
    };
    const mode = takesOver ? { steal: true } : { signal: wait.signal };
    locks.request(LOCK, mode, hold).catch((cause: unknown) => {
      clearTimeout(timer);
      if (isOurs) taken();
      // A frame without an origin has no locks, and may call nevertheless.
      else resolve((cause as Error).name === 'AbortError' ? null : () => {});
    });
  });
}
