/** Questions to a browser that may never answer. */

const SOON_MS = 1000;

/** What `asked` resolves with within a second; `null` when it does not, or rejects. */
export async function soonOrNull<T>(asked: Promise<T>): Promise<T | null> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<null>((resolve) => (timer = setTimeout(resolve, SOON_MS, null)));
  try {
    return await Promise.race([asked, late]);
  } catch {
    return null;
  } finally {
    clearTimeout(timer);
  }
}
