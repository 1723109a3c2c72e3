/** How often a caller was away, and came back from where. */
import type { ShownCall } from './observed.js';

/** The comings and goings of a caller. */
export interface Absences {
  /** Who went to the next page lost no connection. */
  nextPages: number;
  /** Returns after another absence. */
  returns: number;
  /** When the first other absence began, as ISO 8601; `null`: there was none. */
  lostAt: string | null;
}

/** Those that the timeline tells. */
export function absencesOf({ timeline }: ShownCall): Absences {
  const steps = timeline.filter(({ type }) => /^caller_(left|returned)$/.test(type));
  const isNextPage = (step: (typeof steps)[number] | undefined): boolean =>
    step?.detail['cause'] === 'page_closed';
  const returned = steps.flatMap(({ type }, index) =>
    type === 'caller_returned' ? [isNextPage(steps[index - 1])] : [],
  );
  const left = steps.find((step) => step.type === 'caller_left' && !isNextPage(step));
  const nextPages = returned.filter(Boolean).length;
  return { nextPages, returns: returned.length - nextPages, lostAt: left?.at ?? null };
}
