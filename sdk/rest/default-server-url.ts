/**
 * The default of `serverUrl`: where the script that loaded the SDK is. The server may be below a path of that origin.
 */

let serverUrl: string | null = null;

/** Called by bundles that a server serves, and never by npm builds. */
export function setDefaultServerUrl(scriptUrl: string): void {
  try {
    const url = new URL(scriptUrl);
    if (url.protocol === 'http:' || url.protocol === 'https:') {
      serverUrl = new URL('.', url).href.replace(/\/$/, '');
    }
  } catch {
    // An inline script has no address.
  }
}

/** The default; `null` in npm builds. */
export function defaultServerUrl(): string | null {
  return serverUrl;
}
