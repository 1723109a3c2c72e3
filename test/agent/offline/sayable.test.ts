/** What an agent writes, as somebody reads it out: a table of pairs, and text that nobody means well with. */
import { describe, expect, it } from 'vitest';
import { sayable } from '../../../server/agent/offline/speech/sayable/sayable.js';
import { PAIRS } from './sayable-pairs.js';

/** What the step from letters to sounds knows: words, apostrophes and hyphens inside them, and pauses. */
const KNOWN = /^(?:[A-Za-z]+(?:['-][A-Za-z]+)*[.,?!;:]?(?: —)?(?: |$))*$/;

describe.each(Object.entries(PAIRS))('%s', (_kind, pairs) => {
  it.each(pairs)('%j', (written, spoken) => {
    expect(sayable(written)).toBe(spoken);
    expect(spoken).toMatch(KNOWN);
  });

  it('are the same said twice', () => {
    for (const [written, spoken] of pairs) {
      expect(sayable(spoken), written).toBe(spoken);
    }
  });
});

describe('text that nobody means well with', () => {
  const LENGTH = 4000;
  const kinds =
    `1|.|[|(|[](|a|A|-|1-|1.|1,|1/|1 |<|<a|&|*|_|\`|#|@|a@|a.|A.|A. |1:|12:30|$|$1|$1-|+1|'|"|—|1h|5 km |Dr. |\n- |\n1. |https://|www.a.|
order number is |number 1|A-1|1st|(1) |\u200d|e\u0301|😀1|中|½|\uFDFA|X|XVI |v1.|1 of |Nov 1-|mailto:|a%|!?|\\|~|=|&#49;|^|{|a1`.split(
      '|',
    );

  it.each(kinds)(
    '%j again and again: known signs, room and time that grow with the length',
    (kind) => {
      const hostile = (length: number): string => kind.repeat(length / kind.length);
      const [short, long] = [timed(hostile(LENGTH)), timed(hostile(LENGTH * 8))];
      expect(long.said).toMatch(/^[A-Za-z' .,?!;:—-]*$/);
      expect(long.said.length).toBeLessThan(LENGTH * 8 * 16);
      // Eight times the text takes eight times as long, and 64 times where a rule goes over all of the rest each time.
      if (long.ms > 400) expect(long.ms / short.ms).toBeLessThan(32);
    },
  );

  it('a million digits are said', () => {
    expect(sayable('7'.repeat(1_000_000))).toMatch(/^(?:(?:seven[ ,]*)+)$/);
  });

  function timed(text: string): { said: string; ms: number } {
    const start = process.cpuUsage();
    const said = sayable(text);
    return { said, ms: process.cpuUsage(start).user / 1000 };
  }
});
