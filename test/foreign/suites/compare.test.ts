/** When the yardstick of LiveKit's own suites tells of a difference. */
import { describe, expect, it } from 'vitest';
import { compare } from './compare.mjs';
import type { Outcome } from './compare.mjs';

const passed: Outcome = { outcome: 'passed', why: '' };
const failed: Outcome = { outcome: 'failed', why: 'silence' };
const unsteady: Outcome = { outcome: 'unsteady', why: '' };

describe('the comparison of two servers', () => {
  it('finds what passes on livekit-server only, unless it is known', () => {
    const livekit = { heard: passed, seen: passed, odd: failed };
    const embedded = { heard: failed, seen: failed, odd: failed };
    const { found, stale, groups } = compare(livekit, embedded, { 'se*': 'no video' });
    expect(found).toEqual([{ test: 'heard', why: 'silence' }]);
    expect(stale).toEqual([]);
    expect(groups).toMatchObject({ livekitOnly: ['heard', 'seen'], neither: ['odd'] });
  });

  it('tells of a known difference that is none any more', () => {
    const known = { seen: 'no video', gone: 'no such test' };
    expect(compare({ seen: passed }, { seen: passed }, known).stale).toEqual(['seen', 'gone']);
  });

  it('counts innermost tests, and what a server did not come to as what ended it', () => {
    const livekit = { Room: passed, 'Room/joins': passed, 'Room/leaves': passed };
    const embedded = { Room: failed, 'Room/joins': passed };
    const { found, groups } = compare(livekit, embedded, {});
    expect(groups.both).toEqual(['Room/joins']);
    expect(found).toEqual([{ test: 'Room/leaves', why: 'silence' }]);
    expect(compare(livekit, {}, {}).found).toHaveLength(2);
  });

  it('names what passed only when it was run again', () => {
    const { found, unsteady: names } = compare({ heard: passed }, { heard: unsteady }, {});
    expect(found).toEqual([]);
    expect(names).toEqual(['heard on embedded']);
  });
});
