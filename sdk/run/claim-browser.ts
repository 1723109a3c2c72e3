/** Claims the one call of this browser, as the options say. */
import type { CheckedOptions } from '../check-options.js';
import { CallError } from '../error/call-error.js';
import type { PagePort } from '../page/page-port.js';

/** Resolves with a function that lets the next call be made. `taken`: another call has taken over. Throws `call_elsewhere`. */
export async function claimBrowser(
  page: PagePort,
  { otherTabs }: CheckedOptions,
  taken: () => void,
): Promise<() => void> {
  if (otherTabs === 'allow') return () => {};
  const release = await page.claimCall(otherTabs === 'take_over', taken);
  if (!release) throw new CallError('call_elsewhere');
  return release;
}
