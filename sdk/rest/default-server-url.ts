/** The origin of the script that loaded the SDK, where a bundle knows it. */

let origin: string | null = null;

/** Called by the bundles that a server serves; never by npm builds. */
export function setDefaultServerUrl(scriptUrl: string): void {
  try {
    const url = new URL(scriptUrl);
    if (url.protocol === 'http:' || url.protocol === 'https:') origin = url.origin;
  } catch {
    // An inline script has no address.
  }
}

/** `null` in npm builds. */
export function defaultServerUrl(): string | null {
  return origin;
}
