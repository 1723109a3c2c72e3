/** The hash of a text that was shown. */

/** SHA-256 of the text in UTF-8, 64 hexadecimal digits. Rejects where the browser has no cryptography: on http pages. */
export async function hashOf(text: string): Promise<string> {
  const bytes = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
