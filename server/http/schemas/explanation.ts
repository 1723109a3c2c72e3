/** The explanation of a call: its headline, its sentences and its findings. */
import { z } from '@hono/zod-openapi';
import { FINDING_CODES } from '../../domain/explanation/finding-rules.js';
import { LANGUAGE_CODES } from '../../domain/explanation/texts/languages.js';
import { component } from './component.js';

/** What a finding is called. */
export const findingCode = component(
  'FindingCode',
  'What a record can prove; each is described in docs/explanations.md. New codes may be added: clients must tolerate unknown ones.',
  z.enum(FINDING_CODES),
);

const findingSeverity = component(
  'FindingSeverity',
  'How grave a finding is. `fault`: something is broken · `warning`: the caller had a worse call than need be · `info`: good to know.',
  z.enum(['info', 'warning', 'fault']),
);

/** The language of an explanation. */
export const explanationLanguage = component(
  'ExplanationLanguage',
  'A language that explanations are written in: the primary subtag of BCP 47.',
  z.enum(LANGUAGE_CODES),
);

const finding = component(
  'Finding',
  'Something that the record proves. At most one of each code a call.',
  z.object({
    code: findingCode.describe('What it is.'),
    severity: findingSeverity.describe('How grave it is.'),
    at_ms: z
      .number()
      .nullable()
      .describe(
        "The first or the worst moment of it: milliseconds after the call's `started_at`; null: no single moment.",
      ),
    text: z
      .string()
      .describe('One or two sentences on this call. Words of others within it are short.'),
    remedy: z.string().describe('What to do about it.'),
  }),
);

/** A call in words. */
export const explanation = component(
  'Explanation',
  'A call in words, made by rules from the record alone.',
  z.object({
    language: explanationLanguage.describe('The language of its texts.'),
    headline: z.string().describe('How the call ended, and the gravest findings, in one sentence.'),
    sentences: z
      .array(z.string())
      .describe(
        'Three to eight: who started it from where, with which version, how long each side waited, how it went, and why it ended.',
      ),
    findings: z.array(finding).describe('What stands out, the gravest first. Empty: nothing.'),
  }),
);

/** Of a request that reads one call. */
export const explanationQuery = z.strictObject({
  language: explanationLanguage
    .optional()
    .describe('The language of `explanation`. Default: by `Accept-Language`, or `en`.'),
});
