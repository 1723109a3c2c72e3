/** The offline voice as the framework hears it: frames, sentences that are kept, and who speaks when the voice cannot. */
import { initializeLogger } from '@livekit/agents';
import { expect, it } from 'vitest';
import { OfflineTts } from '../../../server/agent/offline/offline-tts.js';
import { createSentenceCache } from '../../../server/agent/offline/speech/sentence-cache.js';
import { fliteSpeaker, hibariSpeaker } from '../../../server/agent/offline/speech/speaker.js';
import type { SpeakHibari } from '../../../server/agent/offline/speech/hibari/shared-hibari.js';

initializeLogger({ pretty: false, level: 'fatal' });

const RATE = 24_000;
const TONE = Int16Array.from({ length: 16_000 }, (_, n) => 8_000 * Math.sin(n / 8));
const flite = { speak: () => Promise.resolve(TONE), close: () => Promise.resolve() };

/** Says three pieces; breaks at the pieces that are given, counted over all sentences. */
function voice(breaksAt: readonly number[] = []): { speak: SpeakHibari; said: string[] } {
  const said: string[] = [];
  let pieces = 0;
  return {
    said,
    async *speak(text) {
      said.push(text);
      for (const value of [1, 2, 3]) {
        pieces += 1;
        if (breaksAt.includes(pieces)) throw new Error('out of memory');
        yield new Int16Array(1_000).fill(value);
      }
    },
  };
}

async function hear(tts: OfflineTts, text = 'Good morning.'): Promise<Int16Array> {
  const samples: number[] = [];
  const finals: boolean[] = [];
  for await (const { frame, final } of tts.synthesize(text)) {
    expect([frame.sampleRate, frame.channels]).toEqual([RATE, 1]);
    samples.push(...frame.data);
    finals.push(final);
    // As one silences a sound that was interrupted.
    frame.data.fill(0);
  }
  expect(finals.indexOf(true)).toBe(finals.length - 1);
  return Int16Array.from(samples);
}

it('hands on every sample, and says what it has said before from what it kept', async () => {
  const { speak, said } = voice();
  const cache = createSentenceCache();
  const tts = new OfflineTts(hibariSpeaker(speak), { speed: 1, cache });
  const first = await hear(tts);
  expect(first).toEqual(Int16Array.from({ length: 3_000 }, (_, n) => 1 + Math.floor(n / 1_000)));
  expect(await hear(tts)).toEqual(first);
  await hear(new OfflineTts(hibariSpeaker(speak), { speed: 2, cache }));
  expect(said).toHaveLength(2);
  expect(cache.figures).toEqual({ lookups: 3, hits: 1, misses: 2, new_entries: 2 });
  expect([tts.provider, tts.model]).toEqual(['offline', 'hibari']);
});

it('keeps nothing where it shall not', async () => {
  const { speak, said } = voice();
  const tts = new OfflineTts(hibariSpeaker(speak), { speed: 1, cache: null });
  await hear(tts);
  await hear(tts);
  expect(said).toHaveLength(2);
});

it.each([
  ['at once', [1]],
  ['in the middle of a sentence', [2]],
])('lets flite say the sentence, and the rest of the call, when it breaks %s', async (_, at) => {
  const { speak, said } = voice(at);
  const cache = createSentenceCache();
  const faults: unknown[] = [];
  const tts = new OfflineTts(hibariSpeaker(speak), {
    speed: 1,
    cache,
    standIn: fliteSpeaker(flite, 'slt', RATE),
    failed: (fault) => faults.push(fault),
  });
  const heard = await hear(tts);
  // A second of flite's sound, at the rate that was promised.
  const tone = heard.filter((one) => Math.abs(one) > 10);
  expect(tone.length / RATE).toBeCloseTo(1, 1);
  expect(Math.max(...heard)).toBeGreaterThan(4_000);
  await Promise.all([hear(tts, 'One.'), hear(tts, 'Two.')]);
  expect(said).toEqual(['Good morning.']);
  expect(faults).toEqual([new Error('out of memory')]);
  expect(tts.model).toBe('flite-slt');
});

it('says one sentence after the other, each undivided', async () => {
  const order: string[] = [];
  const speaker = hibariSpeaker(async function* (text) {
    for (const piece of [1, 2]) {
      await Promise.resolve();
      order.push(`${text} ${piece}`);
      yield new Int16Array(10);
    }
  });
  const tts = new OfflineTts(speaker, { speed: 1, cache: null });
  await Promise.all(['a', 'b', 'c'].map((text) => hear(tts, text)));
  expect(order).toEqual(['a 1', 'a 2', 'b 1', 'b 2', 'c 1', 'c 2']);
});

it('says in full what was interrupted before its turn had come', async () => {
  const cache = createSentenceCache();
  const tts = new OfflineTts(hibariSpeaker(voice().speak), { speed: 1, cache });
  const interruption = new AbortController();
  const waiting = ['One.', 'Two.'].map((text) =>
    tts.synthesize(text, undefined, interruption.signal).collect(),
  );
  interruption.abort();
  await Promise.allSettled(waiting);
  expect(cache.figures.new_entries).toBe(0);
  expect(await hear(tts, 'Two.')).toHaveLength(3_000);
});

it('keeps the sound of a voice at one rate apart from that at another', async () => {
  const cache = createSentenceCache();
  const own = new OfflineTts(fliteSpeaker(flite, 'slt'), { speed: 1, cache });
  expect((await own.synthesize('Hello.').collect()).samplesPerChannel).toBe(TONE.length);
  const other = new OfflineTts(fliteSpeaker(flite, 'slt', RATE), { speed: 1, cache });
  expect((await hear(other, 'Hello.')).length / RATE).toBeCloseTo(1, 1);
});

it('does not ask a voice that has failed for the sentences that waited for it', async () => {
  const { speak, said } = voice([1]);
  const faults: unknown[] = [];
  const tts = new OfflineTts(hibariSpeaker(speak), {
    speed: 1,
    cache: null,
    standIn: fliteSpeaker(flite, 'slt', RATE),
    failed: (fault) => faults.push(fault),
  });
  const heard = await Promise.all(['One.', 'Two.', 'Three.'].map((text) => hear(tts, text)));
  for (const { length } of heard) expect(length / RATE).toBeCloseTo(1, 1);
  expect(said).toEqual(['One.']);
  expect(faults).toHaveLength(1);
});

it('counts no failure of a sentence that was interrupted', async () => {
  const interruption = new AbortController();
  const speaker = hibariSpeaker(async function* () {
    interruption.abort();
    yield await Promise.reject<Int16Array>(new Error('does not answer'));
  });
  const tts = new OfflineTts(speaker, { speed: 1, cache: null });
  const errors: unknown[] = [];
  tts.on('error', (error) => errors.push(error));
  for await (const _ of tts.synthesize('One.', undefined, interruption.signal));
  expect(errors).toEqual([]);
});

it('does not let flite compute what was interrupted before its turn', async () => {
  const said: string[] = [];
  const interruption = new AbortController();
  const speak = (text: string): Promise<Int16Array> => {
    said.push(text);
    interruption.abort();
    return Promise.resolve(TONE);
  };
  const tts = new OfflineTts(fliteSpeaker({ ...flite, speak }, 'slt'), { speed: 1, cache: null });
  const waiting = ['One.', 'Two.', 'Three.'].map((text) =>
    tts.synthesize(text, undefined, interruption.signal).collect(),
  );
  await Promise.allSettled(waiting);
  expect(said).toEqual(['One.']);
});
