/** A call in words: what happened, what stands out, and what to do about it. Pure: the same record makes the same words. */
import type { Explanation } from '../../../sdk/wire/call.js';
import { findFindings } from './find-findings.js';
import { observe } from './observed.js';
import type { ShownCall, VersionFacts } from './observed.js';
import { outcomeOf, sentencesOf } from './sentences-of.js';
import { LANGUAGES } from './texts/languages.js';
import type { Language } from './texts/languages.js';

/** So many findings are named in a headline. */
const MOST_NAMED = 2;

/** Explains a record as it is shown. Findings come the gravest first; those that are mere facts are in no headline. */
export function explainCall(
  call: ShownCall,
  version: VersionFacts,
  language: Language,
): Explanation {
  const texts = LANGUAGES[language];
  const observed = observe(call, version);
  const findings = findFindings(observed, texts);
  const titles = findings
    .filter(({ severity, title }) => severity !== 'info' && title)
    .map(({ title }) => title);
  return {
    language,
    headline: texts.headline(
      outcomeOf(observed, texts),
      observed.lengthMs,
      titles.slice(0, MOST_NAMED),
      Math.max(0, titles.length - MOST_NAMED),
    ),
    sentences: sentencesOf(observed, texts),
    findings: findings.map(({ title: _title, ...finding }) => finding),
  };
}
