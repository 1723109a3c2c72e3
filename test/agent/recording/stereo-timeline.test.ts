/** Two voices on one timeline: where each sample lands. */
import { describe, expect, it } from 'vitest';
import { StereoTimeline } from '../../../server/agent/recording/stereo-timeline.js';

const RATE = 1_000;
const START = 50_000;

function sound(value: number, ms: number): Int16Array {
  return new Int16Array(ms).fill(value);
}

function sides(block: Uint8Array): { left: number[]; right: number[] } {
  const samples = new Int16Array(block.buffer, block.byteOffset, block.byteLength / 2);
  return {
    left: [...samples.filter((_, i) => i % 2 === 0)],
    right: [...samples.filter((_, i) => i % 2 === 1)],
  };
}

describe('the timeline', () => {
  it('puts the caller left and the agent right, with silence around', () => {
    const timeline = new StereoTimeline(RATE, START);
    timeline.add('caller', START + 200, sound(7, 100));
    timeline.add('agent', START + 400, sound(9, 50));
    const { left, right } = sides(timeline.take(START + 500));
    expect(left).toHaveLength(500);
    expect(left.map((value, i) => [value, i]).filter(([value]) => value !== 0)).toEqual(
      Array.from({ length: 100 }, (_, i) => [7, 200 + i]),
    );
    expect(right.filter((value) => value === 9)).toHaveLength(50);
    expect(right[400]).toBe(9);
  });

  it('joins frames that arrive unevenly into one sound', () => {
    const timeline = new StereoTimeline(RATE, START);
    timeline.add('caller', START + 200, sound(1, 20));
    timeline.add('caller', START + 235, sound(2, 20));
    timeline.add('caller', START + 238, sound(3, 20));
    const { left } = sides(timeline.take(START + 300));
    expect(left.slice(200, 260)).toEqual([...sound(1, 20), ...sound(2, 20), ...sound(3, 20)]);
  });

  it('forgets what was queued and never heard', () => {
    const timeline = new StereoTimeline(RATE, START);
    timeline.add('agent', START + 200, sound(5, 1_000));
    timeline.cut('agent', START + 500);
    timeline.add('agent', START + 900, sound(6, 50));
    const { right } = sides(timeline.take(START + 1_000));
    expect(right.slice(200, 500)).toEqual([...sound(5, 300)]);
    expect(right.slice(500, 900)).toEqual([...sound(0, 400)]);
    expect(right.slice(900, 950)).toEqual([...sound(6, 50)]);
  });

  it('does not draw the next answer to the end of the one before', () => {
    const timeline = new StereoTimeline(RATE, START);
    timeline.add('agent', START + 200, sound(5, 300));
    timeline.cut('agent', START + 500);
    timeline.add('agent', START + 600, sound(6, 50));
    timeline.add('agent', START + 670, sound(7, 50));
    const { right } = sides(timeline.take(START + 1_000));
    expect(right.slice(500, 600)).toEqual([...sound(0, 100)]);
    expect(right.slice(600, 700)).toEqual([...sound(6, 50), ...sound(7, 50)]);
  });

  it('hands out every sample once, whatever the blocks', () => {
    const whole = new StereoTimeline(RATE, START);
    const pieces = new StereoTimeline(RATE, START);
    for (const timeline of [whole, pieces]) {
      timeline.add('caller', START + 200, sound(3, 333));
      timeline.add('agent', START + 350, sound(4, 444));
    }
    const parts = [250, 251, 600, 600, 1_000].map((ms) => Buffer.from(pieces.take(START + ms)));
    expect(Buffer.concat(parts).equals(Buffer.from(whole.take(START + 1_000)))).toBe(true);
  });

  it('plays a sound that came too late after what was handed out, not over it', () => {
    const timeline = new StereoTimeline(RATE, START);
    timeline.take(START + 500);
    timeline.add('caller', START + 300, sound(8, 50));
    expect(sides(timeline.take(START + 600)).left.slice(0, 50)).toEqual([...sound(8, 50)]);
  });
});
