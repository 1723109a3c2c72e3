/** The pure reducer of a call's phases: what the call has got so far, and how events change it. */
import type { DisconnectCause, MediaSession } from '../media/media-port.js';
import type { CallTicket } from '../rest/rest-client.js';
import type { Closing } from './closing.js';
import { tickOf } from './tick-of.js';

/** When media came up: `at` by `Date.now()`, `tick` by the monotonic `performance.now()`. */
export interface MediaUp {
  at: number;
  tick: number;
}

/** Media is up now, or since an earlier page, by `Date.now()`. */
export function upSince(at = Date.now()): MediaUp {
  return { at, tick: tickOf(at) };
}

/** What a call has got so far, all of which has to be released or ended. */
interface Held {
  /** Whether the call is shown as starting. */
  shown?: boolean;
  /** The latest grant's id and token. */
  ticket?: CallTicket;
  /** When it was granted, by `performance.now()`. */
  ticketTick?: number;
  session?: MediaSession;
  /** Why the session was lost, when that was before media was up. */
  dropped?: DisconnectCause | undefined;
  up?: MediaUp;
}

/** The phase of a call. It is `closing` until its end was reported, and `over` afterwards. */
export type RunPhase =
  | (Held & { name: 'starting'; closing?: never; up?: never })
  | (Held & { name: 'up'; closing?: never; session: MediaSession; up: MediaUp })
  | (Held & { name: 'closing' | 'over'; closing: Closing });

/** What can happen to a call. */
export type RunEvent =
  | { type: 'got'; part: Omit<Held, 'up'> }
  | { type: 'mediaUp'; session: MediaSession; up: MediaUp }
  | { type: 'closed'; closing: Closing }
  | { type: 'concluded' };

/** Returns the same object when the event does not fit the phase. */
export function reduceRun(phase: RunPhase, event: RunEvent): RunPhase {
  switch (event.type) {
    case 'got':
      // In every phase: a grant that comes after the end makes a call too, which has to be terminated.
      return { ...phase, ...event.part };
    case 'mediaUp':
      return phase.name === 'starting' && !phase.dropped
        ? { ...phase, name: 'up', session: event.session, up: event.up }
        : phase;
    case 'closed':
      return phase.closing ? phase : { ...phase, name: 'closing', closing: event.closing };
    case 'concluded':
      return phase.name === 'closing' ? { ...phase, name: 'over' } : phase;
  }
}
