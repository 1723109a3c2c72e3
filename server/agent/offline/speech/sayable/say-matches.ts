/** Puts words in the place of what a pattern finds, with a look at what stands around it. */

const NEIGHBOURHOOD = 48;

/** What stands right before and right after a match: 48 characters at most, so that looking costs the same everywhere. */
export interface Around {
  before: string;
  after: string;
}

/** `say` gets the match and its groups (`''` for one that took no part) and answers what to put there. */
export function sayMatches(
  text: string,
  pattern: RegExp,
  say: (groups: string[], around: Around) => string,
): string {
  return text.replace(pattern, (...found: unknown[]) => {
    const at = found.findIndex((part) => typeof part === 'number');
    const groups = found.slice(0, at).map((part) => (typeof part === 'string' ? part : ''));
    const start = Number(found[at]);
    const end = start + (groups[0]?.length ?? 0);
    return say(groups, {
      before: text.slice(Math.max(0, start - NEIGHBOURHOOD), start),
      after: text.slice(end, end + NEIGHBOURHOOD),
    });
  });
}

/** Whether the text that follows a full stop begins a sentence, or is none. */
export function beginsSentence(after: string): boolean {
  return /^\s*$|^["”'’)\]]*\s+["“'‘(]*[A-Z]/.test(after);
}

/** The full stop of an abbreviation ends the sentence too where one begins behind it. */
export function endOf(all: string, after: string): string {
  return all.endsWith('.') && beginsSentence(after) ? '.' : '';
}
