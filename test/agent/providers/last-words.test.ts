/** What a recogniser was at work on when the call ended. */
import { stt } from '@livekit/agents';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { LastWords } from '../../../server/agent/providers/last-words.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

async function recognised(text: string, afterMs: number): Promise<stt.SpeechEvent> {
  await new Promise((resolve) => setTimeout(resolve, afterMs));
  const best = { text, confidence: 0.9, language: 'en' as never, startTime: 0, endTime: 0 };
  return { type: stt.SpeechEventType.FINAL_TRANSCRIPT, alternatives: [best] };
}

it('is kept from the end on, in the order in which it was said, and waited for no longer than it may take', async () => {
  const words = new LastWords();
  words.follow(recognised('Before the end.', 100));
  await vi.advanceTimersByTimeAsync(200);
  words.follow(recognised('Under way.', 1_000));
  words.follow(recognised(' ', 50));
  words.keep();
  words.follow(recognised('Begun later.', 300));
  words.follow(Promise.reject(new Error('down')));
  words.follow(recognised('Far too late.', 5_000));
  const taken = words.take(3_000);
  await vi.advanceTimersByTimeAsync(3_000);
  expect((await taken).map(({ text }) => text)).toEqual(['Under way.', 'Begun later.']);
});

it('is nothing where nobody was at work', async () => {
  const words = new LastWords();
  words.keep();
  expect(await words.take(3_000)).toEqual([]);
});
