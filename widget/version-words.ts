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

/** Colours that are seen on each other: one of the page beside one of the version may be unreadable. */
const TOGETHER: readonly (readonly string[])[] = [
  ['accent', 'accent_text'],
  ['danger', 'danger_text'],
  ['warning', 'warning_text'],
  ['turn_user', 'turn_user_text'],
  ['turn_agent', 'turn_agent_text'],
  ['background', 'surface', 'text', 'text_soft'],
];

/**
 * The style of the page that a version sets: custom properties of the element's root, below what the page sets itself.
 * `isPages`: whether the page sets the property of this name.
 */
export function styleOf(
  { style }: WidgetSettings,
  isPages: (property: string) => boolean,
): Record<string, string> {
  const all = Object.entries(style ?? {}) as [string, string][];
  const given = all.filter(
    ([name, value]) =>
      /^(#[\da-f]{3,8}|\d{1,3}px)$/i.test(value) && !besides(name, all).some(isPages),
  );
  return Object.fromEntries(
    given.map(([name, value]) => {
      const property = name.replaceAll('_', '-');
      return [`--_${property}`, `var(--dialnexa-${property}, ${value})`];
    }),
  );
}

/** The properties that must be the version's as well, for one of this name to hold. */
function besides(name: string, all: readonly [string, string][]): string[] {
  const names = TOGETHER.find((some) => some.includes(name)) ?? [];
  const isOnAccent = name === 'turn_user_text' && !all.some(([other]) => other === 'turn_user');
  return [...names.filter((other) => other !== name), ...(isOnAccent ? ['accent'] : [])].map(
    (other) => `--dialnexa-${other.replaceAll('_', '-')}`,
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
