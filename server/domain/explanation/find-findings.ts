/** What a record proves, in the words of a language. */
import type { Finding } from '../../../sdk/wire/call.js';
import { FINDING_CODES, FINDING_RULES } from './finding-rules.js';
import type { FindingCode, FindingValues } from './finding-rules.js';
import type { Found } from './finding-rule.js';
import type { Observed } from './observed.js';
import type { Texts } from './texts/texts.js';

/** A finding, and the few words that it has in a headline. */
export interface NamedFinding extends Finding {
  code: FindingCode;
  title: string;
}

const GRAVITY = { fault: 0, warning: 1, info: 2 };

/** The gravest first. */
export function findFindings(observed: Observed, texts: Texts): NamedFinding[] {
  return FINDING_CODES.flatMap((code) => findingOf(code, observed, texts)).sort(
    (a, b) => GRAVITY[a.severity] - GRAVITY[b.severity],
  );
}

function findingOf<Code extends FindingCode>(
  code: Code,
  observed: Observed,
  texts: Texts,
): NamedFinding[] {
  const { severity, find } = FINDING_RULES[code];
  // What a rule returns belongs to its own code; the compiler does not see that across the table.
  const found = find(observed) as Found<FindingValues<Code>> | null;
  if (!found) return [];
  const { title, text, remedy } = texts.findings[code];
  const { at_ms, values } = found;
  const named = typeof title === 'string' ? title : title(values);
  return [{ code, severity, at_ms, text: text(values), remedy, title: named }];
}
