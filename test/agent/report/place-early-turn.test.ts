/** When the caller's first turn was said, where the session was handed its sound all at once. */
import { expect, it } from 'vitest';
import { placeEarlyTurn } from '../../../server/agent/report/place-early-turn.js';
import type { UnnumberedEvent } from '../../../server/agent/report/report-queue.js';

const OFFSET = 60_000;
const iso = (ms: number) => new Date(ms + OFFSET).toISOString();

function turn(from: number, until: number): UnnumberedEvent {
  const times = { started_at: iso(from), ended_at: iso(until) };
  return { type: 'turn', turn_id: 't', role: 'user', content: 'Hello.', ...times };
}

/** Begin and end of what is told, in this clock. */
function told(event: UnnumberedEvent, isOver: boolean): readonly [number, number] {
  const voice = { from: 1_000, until: 2_500, isOver };
  const placed = placeEarlyTurn(event, { voice, handedAt: 3_000 }, OFFSET);
  if (placed.type !== 'turn') throw new Error('no turn');
  return [Date.parse(placed.started_at) - OFFSET, Date.parse(placed.ended_at) - OFFSET];
}

it('is when the voice was heard, whole or with an end that came live', () => {
  expect(told(turn(3_050, 3_600), true)).toEqual([1_000, 2_500]);
  expect(told(turn(3_050, 4_600), false)).toEqual([1_000, 4_600]);
});

it('is left alone when it began later', () => {
  expect(told(turn(6_000, 7_000), true)).toEqual([6_000, 7_000]);
});
