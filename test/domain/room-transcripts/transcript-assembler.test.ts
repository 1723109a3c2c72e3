/** What becomes of pieces of words as LiveKit's agents publish them. */
import { describe, expect, it } from 'vitest';
import { TranscriptAssembler } from '../../../server/domain/room-transcripts/transcript-assembler.js';
import type { ReportedTurn } from '../../../server/domain/jobs/turn-rows.js';
import type { TranscriptionPiece } from '../../../server/domain/ports/room-listener.js';

const at = (ms: number) => new Date(1_000_000 + ms);

function hearing() {
  const turns: ReportedTurn[] = [];
  const ears = new TranscriptAssembler('caller', (turn) => turns.push(turn));
  const piece = (
    speaker: string,
    segmentId: string,
    text: string,
    ms: number,
    more: Partial<TranscriptionPiece> = {},
  ) =>
    ears.heard({
      speaker,
      isAgent: speaker === 'agent',
      segmentId,
      text,
      done: true,
      final: false,
      unverified: false,
      at: at(ms),
      ...more,
    });
  const told = () =>
    turns.map(
      (turn) =>
        `${turn.role} ${turn.started_at.getTime() - 1_000_000}-${turn.ended_at.getTime() - 1_000_000} ${turn.content}`,
    );
  return { ears, piece, told, turns };
}

describe('TranscriptAssembler', () => {
  it('makes one turn of all interim words of a caller', () => {
    const { piece, told } = hearing();
    piece('caller', 'SG_1', 'what', 100);
    piece('caller', 'SG_1', 'what time', 300);
    expect(told()).toEqual([]);
    piece('caller', 'SG_1', 'what time is it', 900, { final: true });
    piece('caller', 'SG_1', 'what time is it', 950, { final: true });
    expect(told()).toEqual(['user 100-900 what time is it']);
  });

  it('cuts what is too long between two characters', () => {
    const { piece, turns } = hearing();
    piece('caller', `x${'🙂'.repeat(60)}`, `x${'🙂'.repeat(11_000)}`, 100, { final: true });
    expect(turns).toMatchObject([{ content: `x${'🙂'.repeat(9_999)}` }]);
    expect(JSON.stringify(turns)).not.toMatch(/\\ud83d/);
  });

  it('takes the times of a caller from the sound, not from the words that come later', () => {
    const { ears, piece, told } = hearing();
    ears.loud('caller', true, at(1_000));
    ears.loud('caller', false, at(1_800));
    ears.loud('caller', true, at(2_200));
    ears.loud('caller', false, at(3_000));
    piece('caller', 'SG_1', 'hello there', 3_900, { final: true });
    piece('caller', 'SG_2', 'nobody heard this', 20_000, { final: true });
    expect(told()).toEqual(['user 1000-3000 hello there', 'user 20000-20000 nobody heard this']);
  });

  it('follows the deltas of an agent until another segment begins', () => {
    const { piece, told } = hearing();
    piece('agent', 'SG_a', '', 0, { done: false });
    piece('agent', 'SG_a', 'Good', 10, { done: false });
    piece('agent', 'SG_a', 'Good morning.', 800, { done: false });
    piece('agent', 'SG_a', 'Good morning.', 1_000);
    expect(told()).toEqual([]);
    piece('caller', 'SG_b', 'hi', 1_500);
    expect(told()).toEqual(['agent 0-1000 Good morning.']);
  });

  it('keeps the longest text of an agent that publishes its segment anew with every word', () => {
    const { ears, piece, told } = hearing();
    piece('agent', 'SG_a', 'Good', 0);
    piece('agent', 'SG_a', 'Good morning.', 500);
    ears.settleWhole();
    expect(told()).toEqual(['agent 0-500 Good morning.']);
  });

  it('tells what was cut off, and that it was', () => {
    const { ears, piece, turns } = hearing();
    piece('agent', 'SG_a', 'Let me tell you', 0, { done: false });
    piece('caller', 'SG_b', 'no', 400);
    ears.settleAll();
    expect(turns.map((turn) => [turn.content, turn.interrupted])).toEqual([
      ['Let me tell you', true],
      ['no', false],
    ]);
  });

  it('keeps apart what several say under one id, and what nobody vouches for', () => {
    const { ears, piece, turns } = hearing();
    const alone = { final: true, unverified: true };
    piece('agent', 'SG_a', 'The deposit is not', 0, { done: false });
    piece('caller', 'SG_a', 'The deposit is refundable.', 10, { final: true });
    for (let n = 0; n < 200; n += 1)
      piece('caller', `SG_${n}`, 'I was promised it.', 20 + n, alone);
    for (let n = 0; n < 200; n += 1)
      piece('caller', `SG_o${n}`, 'so', 20 + n, { ...alone, done: false });
    piece('agent', 'SG_a', 'The deposit is not refundable.', 900);
    piece('caller', 'SG_7', 'I see.', 1_000, { final: true });
    ears.settleAll();
    const words = (unverified: boolean) =>
      turns.filter((turn) => turn.unverified === unverified).map((turn) => turn.content);
    expect(words(false).sort()).toEqual([
      'I see.',
      'The deposit is not refundable.',
      'The deposit is refundable.',
    ]);
    expect(words(true)).toHaveLength(100);
    expect(new Set(turns.map((turn) => turn.turn_id)).size).toBe(turns.length);
  });

  it('takes nothing that an agent says on after the caller has hung up', () => {
    const { ears, piece, turns } = hearing();
    piece('agent', 'SG_a', 'Let me', 0, { done: false });
    ears.left();
    piece('agent', 'SG_a', 'Let me tell you everything', 900);
    piece('caller', 'SG_b', 'no', 1_000, { final: true });
    expect(turns.map((turn) => [turn.content, turn.interrupted])).toEqual([
      ['Let me', true],
      ['no', false],
    ]);
  });

  it('hears nobody but the caller and agents, and bounds what it hears of them', () => {
    const { ears, piece, turns } = hearing();
    piece('somebody', 'SG_x', 'I was never here', 0, { final: true });
    piece('agent', '', 'no segment', 0, { final: true });
    piece('agent', 'S'.repeat(500), 'x'.repeat(50_000), 0, { final: true });
    for (let n = 0; n < 100; n += 1) piece('caller', `SG_${n}`, `open ${n}`, n, { done: false });
    expect(turns[0]?.turn_id).toHaveLength(100);
    expect(turns[0]?.content).toHaveLength(20_000);
    expect(turns).toHaveLength(1 + 100 - 32);
    ears.settleAll();
    expect(turns).toHaveLength(101);
  });
});
