/** Time zones by their IANA names, as far as this server's calendar knows them. */

/** The name, or `null` for none and for one that is not known: a browser may know a newer one, and must get its call. */
export function knownTimeZone(name: string | null | undefined): string | null {
  if (!name) return null;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return name;
  } catch {
    return null;
  }
}
