/** What the published version says of the element, as values of its properties: whatever makes no sense is left out. */
import type { WidgetSettings, WidgetWords } from '../sdk/wire/widget.js';
import { checkFields, type CallField } from './call-field.js';
import type { DialNexaCallElement } from './dialnexa-call.js';
import type { TextOverrides } from './texts/texts.js';

/** Properties that the version may set. */
export type Settable =
  | 'theme'
  | 'mode'
  | 'size'
  | 'placement'
  | 'transcript'
  | 'rating'
  | 'languages'
  | 'label'
  | 'consentText'
  | 'consentVersion'
  | 'fields';

/** The values of these properties; `undefined`: the version does not say. */
export function valuesOf(
  said: WidgetSettings,
  language: string,
): { [Name in Settable]: DialNexaCallElement[Name] | undefined } {
  const words = { ...said, ...wordsIn(said, language) };
  // An element that draws nothing cannot ask what the version may want to be asked.
  const isDrawn = said.mode !== ('headless' as string);
  return {
    theme: said.theme,
    mode: isDrawn ? said.mode : undefined,
    size: said.size,
    placement: said.placement,
    transcript: said.transcript,
    rating: said.rating,
    languages: Array.isArray(said.languages) ? said.languages.join(' ') : undefined,
    label: words.label,
    consentText: words.consent_text,
    consentVersion: words.consent_version,
    fields: usable(words.fields),
  };
}

/** The texts of a language. */
export function textsOf(said: WidgetSettings, language: string): TextOverrides {
  const { texts } = wordsIn(said, language);
  const named = Object.entries({ ...said.texts, ...texts }).map(([name, text]) => [
    name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase()),
    text,
  ]);
  return Object.fromEntries(named) as TextOverrides;
}

/** Whether the version has words of this language for what it asks. */
export function speaks(
  said: WidgetSettings,
  language: string,
  name: 'consent_text' | 'fields',
): boolean {
  return wordsIn(said, language)[name] !== undefined;
}

/** The style of the page that a version sets: custom properties of the element's root, below what the page sets itself. */
export function styleOf({ style }: WidgetSettings): Record<string, string> {
  const all = Object.entries(style ?? {}) as [string, string][];
  const given = all.filter(([, value]) => /^(#[\da-f]{3,8}|\d{1,3}px)$/i.test(value));
  return Object.fromEntries(
    given.map(([name, value]) => {
      const property = name.replaceAll('_', '-');
      return [`--_${property}`, `var(--dialnexa-${property}, ${value})`];
    }),
  );
}

/** Those of the language, or of the nearest that is less exact; none where the version has none. */
function wordsIn({ by_language: all }: WidgetSettings, language: string): WidgetWords {
  const known = new Map(
    Object.entries<WidgetWords>(all ?? {}).map(([tag, words]) => [tag.toLowerCase(), words]),
  );
  let tag = language.toLowerCase().replaceAll('_', '-');
  while (tag && !known.has(tag)) tag = tag.replace(/-?[^-]*$/, '');
  return known.get(tag) ?? {};
}

/** The fields that this element knows: a newer server may have others. */
function usable(given: unknown): readonly CallField[] | undefined {
  if (!Array.isArray(given)) return undefined;
  const fields: CallField[] = [];
  for (const field of given as unknown[]) {
    try {
      checkFields([...fields, field]);
      fields.push(field as CallField);
    } catch {
      // The others are asked.
    }
  }
  return fields;
}
