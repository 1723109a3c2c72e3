/** When the caller's first turn was said, where the session was handed its sound all at once. */
import { expect, it } from 'vitest';
import { placeEarlyTurn } from '../../../server/agent/report/place-early-turn.js';
import type { UnnumberedEvent } from '../../../server/agent/report/report-queue.js';

const OFFSET = 60_000;
const iso = (ms: number) => new Date(ms + OFFSET).toISOString();

function turn(from: number, until: number, role: 'user' | 'agent' = 'user'): UnnumberedEvent {
  const times = { started_at: iso(from), ended_at: iso(until) };
  return { type: 'turn', turn_id: 't', role, content: 'Hello.', ...times };
}

/** Begin and end of what is told, in this clock. */
function told(events: UnnumberedEvent[], isOver: boolean): (readonly [number, number])[] {
  const pushed: UnnumberedEvent[] = [];
  const sink = { push: (event: UnnumberedEvent) => void pushed.push(event), flush: async () => {} };
  const voice = { from: 1_000, until: 2_500, isOver };
  const queue = placeEarlyTurn(sink, OFFSET, () => ({ voice, handedAt: 3_000 }));
  for (const event of events) queue.push(event);
  return pushed.map((event) => {
    if (event.type !== 'turn') throw new Error('no turn');
    return [Date.parse(event.started_at) - OFFSET, Date.parse(event.ended_at) - OFFSET] as const;
  });
}

it('is when the voice was heard, whole or with an end that came live', () => {
  expect(told([turn(3_050, 3_600)], true)).toEqual([[1_000, 2_500]]);
  expect(told([turn(3_050, 4_600)], false)).toEqual([[1_000, 4_600]]);
});

it('is left alone when it was typed, which has no length', () => {
  expect(told([{ ...turn(3_050, 3_050), via: 'text' } as UnnumberedEvent], true)).toEqual([
    [3_050, 3_050],
  ]);
});

it('is left alone when it began later, when it is the second, and when it is the agent’s', () => {
  expect(told([turn(6_000, 7_000)], true)).toEqual([[6_000, 7_000]]);
  expect(told([turn(3_100, 3_200, 'agent'), turn(3_050, 3_600), turn(3_700, 4_000)], true)).toEqual(
    [
      [3_100, 3_200],
      [1_000, 2_500],
      [3_700, 4_000],
    ],
  );
});
