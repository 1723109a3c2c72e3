/** How pieces become a conversation that can be read. */
import { describe, expect, it } from 'vitest';
import type { TranscriptPiece } from '../../../sdk/media/media-port.js';
import { Transcript } from '../../../sdk/transcript/transcript.js';

const user = (text: string, final = false): TranscriptPiece => ({
  segmentId: 'S1',
  role: 'user',
  text,
  final,
});
const agent = (text: string, final = false): TranscriptPiece => ({
  ...user(text, final),
  role: 'agent',
});

describe('Transcript', () => {
  it('replaces interim texts of a segment by the final one, in place', () => {
    const transcript = new Transcript();
    transcript.take(user('when do'), 1);
    transcript.take(agent('Hello.'), 2);
    transcript.take(user('When do you open?', true), 3);
    expect(transcript.segments).toEqual([
      {
        id: 'user:S1',
        role: 'user',
        text: 'When do you open?',
        final: true,
        startedAt: 1,
        via: 'speech',
      },
      { id: 'agent:S1', role: 'agent', text: 'Hello.', final: false, startedAt: 2, via: 'speech' },
    ]);
  });

  it('is not undone by an interim text that comes late', () => {
    const transcript = new Transcript();
    transcript.take(user('When do you open?', true), 1);
    expect(transcript.take(user('when do'), 2)).toBeNull();
    expect(transcript.segments[0]?.text).toBe('When do you open?');
  });

  it('closes an agent segment without losing its text', () => {
    const transcript = new Transcript();
    transcript.take(agent('We open at nine.'), 1);
    expect(transcript.take(agent('', true), 2)).toMatchObject({
      text: 'We open at nine.',
      final: true,
    });
  });

  it('says nothing when nothing changes or nothing was said', () => {
    const transcript = new Transcript();
    expect(transcript.take(user('  '), 1)).toBeNull();
    transcript.take(user('yes', true), 1);
    expect(transcript.take(user(' yes ', true), 2)).toBeNull();
    expect(transcript.segments).toHaveLength(1);
  });

  it('gives every typed text a segment of its own', () => {
    const transcript = new Transcript();
    const ids = [transcript.addTyped('one', 1).id, transcript.addTyped('one', 2).id];
    expect(new Set(ids).size).toBe(2);
    expect(transcript.segments.every((segment) => segment.final)).toBe(true);
  });

  it('hands out arrays that do not change under the reader', () => {
    const transcript = new Transcript();
    transcript.take(user('a'), 1);
    const before = transcript.segments;
    transcript.take(user('a b'), 2);
    expect(before[0]?.text).toBe('a');
  });

  it('closes what was cut off by the end of the call', () => {
    const transcript = new Transcript();
    transcript.take(agent('Hello.', true), 1);
    transcript.take({ ...agent('We are op'), segmentId: 'S2' }, 2);
    expect(transcript.close()).toMatchObject([{ text: 'We are op', final: true }]);
    expect(transcript.segments.every((segment) => segment.final)).toBe(true);
    expect(transcript.close()).toEqual([]);
  });
});
