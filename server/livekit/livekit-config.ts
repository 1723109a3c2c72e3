/** Where LiveKit is and how to sign for it. */

/** One LiveKit server or LiveKit Cloud project. */
export interface LivekitConfig {
  /** The address that this process uses: `ws:`, `wss:`, `http:` or `https:`. */
  readonly url: string;
  readonly apiKey: string;
  readonly apiSecret: string;
  /** How long one request to LiveKit's API may take. Default 5,000 ms. */
  readonly timeoutMs?: number;
}

/** The address of LiveKit's HTTP API for an address of its signalling socket. */
export function httpBase(url: string): string {
  return url.replace(/^ws/, 'http').replace(/\/+$/, '');
}

/** The secret in the form that signing and verifying take. */
export function secretBytes(config: LivekitConfig): Uint8Array {
  return new TextEncoder().encode(config.apiSecret);
}
