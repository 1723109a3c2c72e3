/** Attribute names that frameworks write for properties: `apiKey` becomes `apikey` in HTML. */

/** Maps such names to the element's attributes, e.g. `apikey` → `api-key`, for every property of several words. */
export function joinedAttributes(
  properties: Readonly<Record<string, { attribute?: string | boolean }>>,
): Readonly<Record<string, string>> {
  const joined: Record<string, string> = {};
  for (const [name, { attribute }] of Object.entries(properties)) {
    if (typeof attribute === 'string') joined[name.toLowerCase()] = attribute;
  }
  return joined;
}
