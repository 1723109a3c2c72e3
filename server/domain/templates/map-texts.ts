/** Texts within a piece of data, however deep. */

/** The same data with every text replaced; names of fields stay as they are. */
export function mapTexts<T>(value: T, change: (text: string) => string): T {
  if (typeof value === 'string') return change(value) as T;
  if (Array.isArray(value)) return value.map((one: unknown) => mapTexts(one, change)) as T;
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value as Record<string, unknown>).map(
    ([key, one]) => [key, mapTexts(one, change)] as const,
  );
  return Object.fromEntries(entries) as T;
}

/** Every text with the path that leads to it, e.g. `functions[0].config.url`. */
export function textsOf(path: string, value: unknown): { path: string; text: string }[] {
  if (typeof value === 'string') return [{ path, text: value }];
  if (Array.isArray(value)) {
    return value.flatMap((one: unknown, index) => textsOf(`${path}[${index}]`, one));
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value as Record<string, unknown>).flatMap(([key, one]) =>
    textsOf(`${path}.${key}`, one),
  );
}
