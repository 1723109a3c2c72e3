/** Which browser this is, as far as the way to its settings depends on it. */
import type { BrowserName } from './texts/texts.js';

/** By what the browser says of itself. */
export function browserName({
  userAgent,
  maxTouchPoints,
}: Pick<Navigator, 'userAgent' | 'maxTouchPoints'>): BrowserName {
  // An iPad says that it is a Mac.
  const isApple = /iPhone|iPad|iPod/.test(userAgent);
  if (isApple || (/Macintosh/.test(userAgent) && maxTouchPoints > 1)) return 'ios';
  if (userAgent.includes('Firefox/')) return 'firefox';
  if (userAgent.includes('Edg/')) return 'edge';
  if (userAgent.includes('Chrome/')) return 'chrome';
  return userAgent.includes('Safari/') ? 'safari' : 'other';
}
