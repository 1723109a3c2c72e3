/** The event `dialnexa-quality`. */
import type { CallEvents } from '../../sdk/index.js';
import { CallEvent } from './call-event.js';

/** The connection is excellent, good or poor from now on. */
export class DialNexaQualityEvent extends CallEvent<CallEvents['quality']> {
  static override readonly eventName = 'dialnexa-quality';
  /** The quality, and the figures that tell it. */
  declare readonly detail: CallEvents['quality'];
}

declare global {
  interface GlobalEventHandlersEventMap {
    'dialnexa-quality': DialNexaQualityEvent;
  }
}
