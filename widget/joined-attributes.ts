/** Names of attributes as a browser reads them where a framework has written those of properties, `apiKey`, into the page. */

/** `apikey` → `api-key`, for every property of several words. */
export function joinedAttributes(
  properties: Readonly<Record<string, { attribute?: string | boolean }>>,
): Readonly<Record<string, string>> {
  const joined: Record<string, string> = {};
  for (const [name, { attribute }] of Object.entries(properties)) {
    if (typeof attribute === 'string') joined[name.toLowerCase()] = attribute;
  }
  return joined;
}
