/** What the record of a spoken call must hold, however the call ended. */
import { expect } from 'vitest';
import type { Call, TranscriptTurn } from '../../sdk/wire/call.js';
import { LOST_MS, missingMs } from './live-call.js';
import { loudness, readStereoWav, type StereoWav } from '../support/stereo-wav.js';
import { wordErrorRate } from '../support/word-error-rate.js';

/** The bound for the offline recogniser: two words of a short sentence. */
const WORD_ERRORS = 0.25;
const LOUD = 0.01;

/** What was said, and what an answer to it must contain. */
export interface Spoken {
  sentence: string;
  answer: RegExp;
  /** How much of the recording's end may be missing. Default: 1,000 ms. */
  lostMs?: number;
}

/** The version that ran, the sentence, its answer, and a recording with the caller left and the agent right. */
export async function holdsEvidence(record: Call, spoken: Spoken): Promise<void> {
  expect(record.agent_version_number).toBe(1);
  const said = record.transcript.filter((turn) => turn.role === 'user');
  const words = said.map((turn) => turn.content).join(' ');
  expect(wordErrorRate(spoken.sentence, words), words).toBeLessThanOrEqual(WORD_ERRORS);
  const asked = record.transcript.findIndex((turn) => turn.role === 'user');
  const answer = record.transcript.slice(asked).find((turn) => turn.role === 'agent');
  expect(answer?.content).toMatch(spoken.answer);
  expect(answer?.start_ms).toBeGreaterThanOrEqual(said[0]?.end_ms ?? 0);

  expect(record.recording.status).toBe('available');
  const download = await fetch(record.recording.url ?? '');
  expect(download.status).toBe(200);
  const wav = readStereoWav(new Uint8Array(await download.arrayBuffer()));
  holdsBothSides(wav, record);
  expect(Math.abs(wav.durationMs - (record.recording.duration_ms ?? 0))).toBeLessThan(100);
  const missing = missingMs(record, wav.durationMs);
  expect(missing).toBeLessThan(spoken.lostMs ?? LOST_MS);
  expect(missing).toBeGreaterThan(-1_000);
}

function holdsBothSides(wav: StereoWav, record: Call): void {
  const offset = record.recording.offset_ms ?? 0;
  const level = (side: 'left' | 'right', role: TranscriptTurn['role']): number =>
    Math.max(
      ...record.transcript
        .filter((turn) => turn.role === role && !turn.interrupted)
        .map(({ start_ms: start, end_ms: end }) =>
          loudness(wav[side], wav.sampleRate, start - offset, end - offset),
        ),
    );
  const { recording, duration_ms, timeline } = record;
  const turns = record.transcript.map(({ role, start_ms, end_ms }) => [role, start_ms, end_ms]);
  const seconds = (side: 'left' | 'right'): string =>
    Array.from({ length: Math.ceil(wav.durationMs / 1000) }, (_, second) =>
      loudness(wav[side], wav.sampleRate, second * 1000, (second + 1) * 1000).toFixed(3),
    ).join(' ');
  const { durationMs } = wav;
  const known = { durationMs, recording, duration_ms, turns, timeline };
  const seen = `${JSON.stringify(known)}\nleft ${seconds('left')}\nright ${seconds('right')}`;
  expect(level('left', 'user'), seen).toBeGreaterThan(LOUD);
  expect(level('right', 'agent'), seen).toBeGreaterThan(LOUD);
  expect(level('left', 'user'), seen).toBeGreaterThan(4 * level('left', 'agent'));
  expect(level('right', 'agent'), seen).toBeGreaterThan(4 * level('right', 'user'));
}
