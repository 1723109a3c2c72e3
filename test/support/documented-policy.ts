/** The content security policy that docs/widget.md names. */
import { readFileSync } from 'node:fs';

const page = readFileSync(new URL('../../docs/widget.md', import.meta.url), 'utf8');
const [, policy = ''] = /^Content-Security-Policy: (.+)$/m.exec(page) ?? [];

/** For a page of this server; `mediaUrl`: `ws://` or `wss://`. */
export function documentedPolicy(serverUrl: string, mediaUrl: string): string {
  return policy
    .replaceAll('https://SERVER', serverUrl)
    .replace('wss://MEDIA', mediaUrl)
    .replace('https://MEDIA', mediaUrl.replace('ws', 'http'));
}
