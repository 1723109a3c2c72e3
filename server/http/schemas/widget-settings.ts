/** A version's `widget`: what the element on a page takes from it where the page itself says nothing. */
import { z } from '@hono/zod-openapi';
import { maxKeys } from './common.js';
import { component } from './component.js';
import { widgetTexts } from './widget-texts.js';

const languageTag = z
  .string()
  .max(35)
  .regex(
    /^[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*$/,
    'must be a language tag, such as en, de-AT or zh-Hant',
  );
const colour = z
  .string()
  .max(9)
  .regex(
    /^#(?:[0-9A-Fa-f]{3,4}|[0-9A-Fa-f]{6}|[0-9A-Fa-f]{8})$/,
    'must be a colour, such as #0f766e',
  );
const pixels = z
  .string()
  .max(5)
  .regex(/^\d{1,3}px$/, 'must be a whole number of pixels from 0 to 999, such as 12px');

/** One line that visitors read. */
function line(most: number) {
  return z.string().trim().min(1).max(most);
}

const widgetField = component(
  'WidgetField',
  'A field that visitors fill in before a call.',
  z.strictObject({
    name: line(64).describe(
      'The variable that its value becomes: `{{name}}` in the prompt. At most 64 characters.',
    ),
    label: line(200).describe('What visitors are asked. At most 200 characters.'),
    type: z
      .enum(['text', 'email', 'tel', 'number', 'select'])
      .optional()
      .describe('What can be filled in. Default `text`.'),
    required: z.boolean().optional().describe('Whether it must be filled in. Default false.'),
    options: z
      .array(line(200))
      .min(1)
      .max(100)
      .optional()
      .describe(
        'Of a `select`, which needs them: what can be chosen, 1 to 100 texts of at most 200 characters.',
      ),
  }),
);

const COLOURS = {
  accent: 'Accent colour: call button, focus, the visitor’s turns.',
  accent_text: 'Text on the accent.',
  danger: 'Colour of the hang-up button and of errors.',
  danger_text: 'Text on that colour.',
  warning: 'Background of banners and hints.',
  warning_text: 'Text on that background.',
  background: 'Background of the card.',
  surface: 'Background of the transcript and of secondary buttons.',
  text: 'Colour of text.',
  text_soft: 'Colour of secondary text.',
  border: 'Colour of borders.',
  focus: 'Colour of the focus ring.',
  turn_user: 'Background of the visitor’s turns.',
  turn_user_text: 'Text on that background.',
  turn_agent: 'Background of the agent’s turns.',
  turn_agent_text: 'Text on that background.',
  orb_from: 'Light colour of the orb.',
  orb_to: 'Dark colour of the orb.',
} as const;
type Colour = keyof typeof COLOURS;

const colours = Object.fromEntries(
  Object.entries(COLOURS).map(([name, what]) => [
    name,
    colour.optional().describe(`${what} Hexadecimal: \`#rgb\`, \`#rrggbb\`, or with an alpha.`),
  ]),
) as Record<Colour, z.ZodOptional<typeof colour>>;

const widgetStyle = component(
  'WidgetStyle',
  "Values of the element's CSS properties: `accent` is that of `--dialnexa-accent`.",
  z.strictObject({
    ...colours,
    radius: pixels.optional().describe('Corner radius of the card: `0px` to `999px`.'),
    button_radius: pixels.optional().describe('Corner radius of buttons: `0px` to `999px`.'),
  }),
);

/** What is said in words, which another language says in others. */
const spoken = {
  label: line(100).optional().describe('The text of the call button. At most 100 characters.'),
  consent_text: line(4_000)
    .optional()
    .describe(
      'What visitors must agree to before a call; stored on the call record. At most 4,000 characters.',
    ),
  consent_version: line(200)
    .optional()
    .describe('The version of the consent text. At most 200 characters.'),
  fields: z
    .array(widgetField)
    .max(10)
    .optional()
    .describe(
      'What visitors are asked before a call, at most 10 fields of different names; the answers become variables of the call.',
    ),
  texts: widgetTexts.optional().describe('Texts that replace those of the language.'),
};

const widgetWords = component(
  'WidgetWords',
  'What the element says in one language, in place of the same beside `by_language`.',
  z.strictObject(spoken),
);

/** What the element takes from the version. */
export const widgetSettings = component(
  'WidgetSettings',
  "What `<dialnexa-call>` takes from the published version, under the names of its own attributes and properties. Whatever the page's tag says itself counts " +
    'more. Everybody may read it who may start a call.',
  z.strictObject({
    theme: z.enum(['auto', 'light', 'dark']).optional().describe('Colours. Default `auto`.'),
    mode: z
      .enum(['card', 'dialog', 'button'])
      .optional()
      .describe('What the call button becomes in a call. Default `card`.'),
    size: z
      .enum(['full', 'compact', 'sheet'])
      .optional()
      .describe('How much of the page a call takes. Default `full`.'),
    placement: z
      .enum(['inline', 'bottom-right', 'bottom-left', 'top-right', 'top-left'])
      .optional()
      .describe('Where the call stands. Default `inline`.'),
    transcript: z
      .enum(['show', 'hide'])
      .optional()
      .describe('Whether the transcript is shown. Default `show`.'),
    rating: z
      .enum(['none', 'stars', 'thumbs'])
      .optional()
      .describe('How visitors may rate a call after it. Default `none`.'),
    languages: z
      .array(languageTag)
      .max(20)
      .optional()
      .describe(
        'Languages that visitors may choose from in the card, BCP 47: at most 20. Default: no choice.',
      ),
    style: widgetStyle
      .optional()
      .describe('Colours and corners. Default: those of the page, or of the element.'),
    ...spoken,
    by_language: z
      .record(languageTag, widgetWords)
      .check(maxKeys(20))
      .optional()
      .describe(
        'The words for pages in other languages, by BCP 47 tag: at most 20. `de` is for `de-AT` too.',
      ),
  }),
);
