/** Where browsers find the built-in media server when they come from outside. */
import { StartError } from './start-error.js';
import type { Environment } from './start-settings.js';

/**
 * `LIVEKIT_PUBLIC_URL`, else the address of `PUBLIC_URL`: whoever passes visitors on to the server passes `/rtc` below it
 * on to the media server. `null` when visitors are on this machine. Notes a fault when they are not and would be told
 * loopback as the place for their sound.
 */
export function mediaPublicUrl(env: Environment, faults: StartError[]): string | null {
  const given = env.LIVEKIT_PUBLIC_URL?.trim() || null;
  const page = env.PUBLIC_URL?.trim() ?? '';
  const seen = given ?? page;
  // What is no address at all is the server's own fault to tell.
  if (!URL.canParse(seen) || isOwnMachine(new URL(seen).hostname)) return given;
  if (!env.EMBEDDED_PUBLIC_IP?.trim()) faults.push(StartError.publicIpMissing(seen));
  return given ?? page.replace(/^http/i, 'ws').replace(/\/+$/, '');
}

function isOwnMachine(host: string): boolean {
  return host === '[::1]' || /^127(\.\d+){3}$/.test(host) || /(^|\.)localhost$/.test(host);
}
