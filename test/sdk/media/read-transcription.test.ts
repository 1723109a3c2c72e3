/** LiveKit's transcription streams, read as agents really send them. */
import { describe, expect, it } from 'vitest';
import type { TranscriptPiece } from '../../../sdk/media/media-port.js';
import { readTranscription } from '../../../sdk/media/read-transcription.js';

async function* deltas(texts: string[], failure?: Error): AsyncGenerator<string> {
  for (const text of texts) yield await Promise.resolve(text);
  if (failure) throw failure;
}

async function read(
  role: 'user' | 'agent',
  texts: string[],
  attributes: Record<string, string>,
  failure?: Error,
): Promise<TranscriptPiece[]> {
  const pieces: TranscriptPiece[] = [];
  const stream = Object.assign(deltas(texts, failure), { info: { id: 'stream-1', attributes } });
  await readTranscription(stream, role, (piece) => pieces.push(piece));
  return pieces;
}

describe('readTranscription', () => {
  it('grows an agent segment and closes it when the stream is closed', async () => {
    const attributes = { 'lk.segment_id': 'S1', 'lk.transcription_final': 'false' };
    const pieces = await read('agent', ['We open ', 'at nine.'], attributes);
    expect(pieces.map(({ text, final }) => [text, final])).toEqual([
      ['We open ', false],
      ['We open at nine.', false],
      ['We open at nine.', true],
    ]);
    expect(new Set(pieces.map((piece) => piece.segmentId))).toEqual(new Set(['S1']));
  });

  it('takes a caller stream as final only when it says so', async () => {
    const interim = await read('user', ['when do'], { 'lk.segment_id': 'S1' });
    expect(interim.at(-1)?.final).toBe(false);
    const last = await read('user', ['When do you open?'], {
      'lk.segment_id': 'S1',
      'lk.transcription_final': 'true',
    });
    expect(last.at(-1)).toMatchObject({ text: 'When do you open?', final: true });
  });

  it('keeps what was said before the call was cut off', async () => {
    const pieces = await read('agent', ['We open'], { 'lk.segment_id': 'S1' }, new Error('gone'));
    expect(pieces.at(-1)).toMatchObject({ text: 'We open', final: true });
  });

  it('falls back on the stream when an agent names no segment', async () => {
    expect((await read('agent', ['Hi'], {}))[0]?.segmentId).toBe('stream-1');
  });
});
