/** Corrects the times of the caller's first turn: the session gets sound from before it listened all at once. */
import type { Voice } from '../caller/find-voice.js';
import type { ReportQueue, UnnumberedEvent } from './report-queue.js';

/** A turn that begins this soon after the session got the early sound is from that sound. */
const SOON_MS = 2_000;

/** What is known once the session listens; times are milliseconds of this clock. */
export interface EarlyTurn {
  voice: Voice;
  /** When the session was handed it. */
  handedAt: number;
}

/** The same queue, with the first spoken turn of the caller put right. `clockOffsetMs`: what this clock lacks to the server's. */
export function placeEarlyTurn(
  queue: ReportQueue,
  clockOffsetMs: number,
  early: () => EarlyTurn | null,
): ReportQueue {
  let isFirst = true;
  return {
    flush: queue.flush,
    push(event) {
      const isTheirs = event.type === 'turn' && event.role === 'user' && event.via !== 'text';
      const known = isTheirs && isFirst ? early() : null;
      if (isTheirs) isFirst = false;
      queue.push(known ? placed(event, known, clockOffsetMs) : event);
    },
  };
}

function placed(
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
