/** The pure rules of a run: what a call has got hold of, and what an event makes of that. */
import type { DisconnectCause, MediaSession } from '../media/media-port.js';
import type { CallTicket } from '../rest/rest-client.js';
import type { Closing } from './closing.js';

/** When media came up: by `Date.now()`, and by `performance.now()`, a clock that nobody sets. */
export interface MediaUp {
  at: number;
  tick: number;
}

interface Held {
  /** Whether the call is shown as starting. */
  shown?: boolean;
  /** The server's leave to join, the latest one. */
  ticket?: CallTicket;
  /** When it was given, by `performance.now()`. */
  ticketTick?: number;
  session?: MediaSession;
  /** Why the session was lost before media was up. */
  dropped?: DisconnectCause | undefined;
  up?: MediaUp;
}

/** Where a run stands. It is `closing` until it has said how the call ended, and `over` from then on. */
export type RunPhase =
  | (Held & { name: 'starting'; closing?: never; up?: never })
  | (Held & { name: 'up'; closing?: never; session: MediaSession; up: MediaUp })
  | (Held & { name: 'closing' | 'over'; closing: Closing });

/** What can happen to a run. */
export type RunEvent =
  | { type: 'got'; part: Omit<Held, 'up'> }
  | { type: 'mediaUp'; session: MediaSession; up: MediaUp }
  | { type: 'closed'; closing: Closing }
  | { type: 'concluded' };

/** Returns the very same phase when the event does not fit. */
export function reduceRun(phase: RunPhase, event: RunEvent): RunPhase {
  switch (event.type) {
    case 'got':
      // Also what comes late: a grant is a call of its own, and has to be ended.
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
