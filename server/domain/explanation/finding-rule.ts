/** One thing that a record can prove. */
import type { FindingSeverity } from '../../../sdk/wire/call.js';
import type { Observed } from './observed.js';

/** Where a record proves it, and what the text of the finding is made of. */
export interface Found<Values> {
  /** Milliseconds after the start of the call; `null`: no single moment. */
  at_ms: number | null;
  values: Values;
}

/** At most one finding a call: of several moments the worst or the first, with their number. */
export interface FindingRule<Values> {
  severity: FindingSeverity;
  /** What it means, for the documentation. */
  meaning: string;
  find(observed: Observed): Found<Values> | null;
}

/** Declares a rule, with its values as it returns them. */
export function findingRule<Values>(rule: FindingRule<Values>): FindingRule<Values> {
  return rule;
}
