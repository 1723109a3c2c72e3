/** The languages that visitors may choose from. */

/** One of them, under the name that its speakers give it. */
export interface SpokenLanguage {
  tag: string;
  name: string;
  isSpoken: boolean;
}

/** Those of the property `languages`, separated by blanks or commas; `isSpoken` tells which one the element speaks now. */
export function languageMenu(
  languages: string,
  isSpoken: (tag: string) => boolean,
): readonly SpokenLanguage[] {
  const tags = languages.split(/[\s,]+/).filter(Boolean);
  return tags.map((tag) => ({ tag, name: nameOf(tag), isSpoken: isSpoken(tag) }));
}

function nameOf(tag: string): string {
  try {
    const name = new Intl.DisplayNames([tag], { type: 'language' }).of(tag) ?? tag;
    return name.charAt(0).toLocaleUpperCase(tag) + name.slice(1);
  } catch {
    // It is no language.
    return tag;
  }
}
