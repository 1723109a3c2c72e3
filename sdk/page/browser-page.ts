/** The page port in a browser. Outside a browser every method does nothing. */
import type { PagePort } from './page-port.js';
import { claimCall } from './claim-call.js';
import { keepAwake } from './keep-awake.js';
import { keepText, keptText } from './kept-text.js';

/** `PagePort` over `window`, `document` and `navigator`. */
export const browserPage: PagePort = {
  onHide(listener) {
    globalThis.addEventListener?.('pagehide', listener);
    globalThis.document?.addEventListener('freeze', listener);
    return () => {
      globalThis.removeEventListener?.('pagehide', listener);
      globalThis.document?.removeEventListener('freeze', listener);
    };
  },
  beacon(url, body) {
    return globalThis.navigator?.sendBeacon?.(url, body) ?? false;
  },
  keepAwake,
  claimCall,
  keep: keepText,
  kept: keptText,
  preconnect(url) {
    const page = globalThis.document as Document | undefined;
    if (!page?.head || page.head.querySelector(`link[data-dialnexa-preconnect]`)) return;
    const link = page.createElement('link');
    link.rel = 'preconnect';
    link.href = url;
    link.crossOrigin = 'anonymous';
    link.dataset['dialnexaPreconnect'] = '';
    page.head.append(link);
  },
  address() {
    const { location } = globalThis as { location?: Location };
    return location?.origin.startsWith('http') ? location.origin + location.pathname : undefined;
  },
  timeZone() {
    return globalThis.document ? Intl.DateTimeFormat().resolvedOptions().timeZone : undefined;
  },
  language() {
    return globalThis.document ? globalThis.navigator?.language : undefined;
  },
};
