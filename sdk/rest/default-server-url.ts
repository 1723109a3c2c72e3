/** Where the script that loaded the SDK lies, where a bundle knows it: the server may be below a path. */

let serverUrl: string | null = null;

/** Called by the bundles that a server serves; never by npm builds. */
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

/** `null` in npm builds. */
export function defaultServerUrl(): string | null {
  return serverUrl;
}
