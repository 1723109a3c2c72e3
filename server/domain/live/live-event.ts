/** What is told to whoever follows a call. */
import type { LiveEvent } from '../../../sdk/wire/call.js';

/** What is true for a moment only: it cannot be had again. */
export type LiveMoment = Extract<LiveEvent, { type: 'interim' | 'level' }>;

/** How far somebody has read: the last row of the timeline and the last turn. */
export interface LivePosition {
  timeline: number;
  turn: number;
}

/** An event; `position`: read on from there. */
export interface PlacedEvent {
  event: LiveEvent;
  position: LivePosition | null;
}
