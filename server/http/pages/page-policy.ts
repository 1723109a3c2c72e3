/** Content security policies of our own pages. */
import { createHash } from 'node:crypto';
import { WIDGET_PAGE_STYLE } from './widget-page.js';

/** The policy under which Lit turns its own templates, and nothing else, into markup. */
const LIT = 'lit-html';

/** The page with the widget: our scripts, its one inline style and no other, and the media server. */
export function widgetPagePolicy(): string {
  return policy({
    'script-src': `'self'`,
    'style-src': `'${sourceHash(WIDGET_PAGE_STYLE)}'`,
    // The media server may be any LiveKit: its socket and its HTTP address are known only at run time.
    'connect-src': `'self' ws: wss: http: https:`,
    'media-src': `'self' blob: mediastream:`,
    'worker-src': `'self' blob:`,
    'trusted-types': LIT,
  });
}

/** The console: built files of ours, and recordings by the links of `publicUrl`. */
export function consolePolicy(publicUrl: string): string {
  const { origin } = new URL(publicUrl);
  return policy({
    'script-src': `'self'`,
    'style-src': `'self'`,
    'connect-src': `'self' ${origin}`,
    'media-src': `'self' blob: ${origin}`,
    'trusted-types': LIT,
  });
}

/** The reader of the OpenAPI document. */
export const docsPolicy = policy({
  'script-src': `'self'`,
  'style-src': `'self' 'unsafe-inline'`,
  'connect-src': `'self'`,
  'trusted-types': 'dompurify default',
});

/** A recording opened as a page of its own: the browser makes one around it, with its player and styles. */
export const recordingPolicy = `default-src 'none'; media-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'`;

/** How a policy names the one inline style that it allows. */
function sourceHash(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}

function policy(extra: Record<string, string>): string {
  const all: Record<string, string> = {
    'default-src': `'none'`,
    'img-src': `'self' data:`,
    'font-src': `'self' data:`,
    'base-uri': `'none'`,
    'form-action': `'none'`,
    'frame-ancestors': `'self'`,
    // No text becomes markup or code but by the policy that a page names beside this.
    'require-trusted-types-for': `'script'`,
    ...extra,
  };
  return Object.entries(all)
    .map(([name, value]) => `${name} ${value}`)
    .join('; ');
}
