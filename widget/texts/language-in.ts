/** Finds a language among those that there are. */

/** The entry of a BCP 47 language (also written as `de_DE`); English when there is none. */
export function languageIn<T>(languages: Readonly<Record<string, T>>, language: string): T {
  const found = languages[/^[a-z]*/i.exec(language)?.[0].toLowerCase() ?? ''] ?? languages['en'];
  return found as T;
}
