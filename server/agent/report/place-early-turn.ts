/** Corrects the times of the caller's first turn: the session gets sound from before it listened all at once. */
import type { Voice } from '../caller/find-voice.js';
import type { UnnumberedEvent } from './report-queue.js';

/** A turn that begins this soon after the session got the early sound is from that sound. */
const SOON_MS = 2_000;

/** What is known once the session listens; times are milliseconds of this clock. */
export interface EarlyTurn {
  voice: Voice;
  /** When the session was handed it. */
  handedAt: number;
}

/** Put right where it is that turn, else the very same event. `clockOffsetMs`: what this clock lacks to the server's. */
export function placeEarlyTurn(
  event: UnnumberedEvent,
  { voice, handedAt }: EarlyTurn,
  clockOffsetMs: number,
): UnnumberedEvent {
  if (event.type !== 'turn') return event;
  const seenAt = Date.parse(event.started_at) - clockOffsetMs;
  if (seenAt < voice.from || seenAt > handedAt + SOON_MS) return event;
  const at = (ms: number): string => new Date(ms + clockOffsetMs).toISOString();
  return {
    ...event,
    started_at: at(voice.from),
    ...(voice.isOver ? { ended_at: at(voice.until) } : {}),
  };
}
