/** The event `dialnexa-devicechange`. */
import type { CallEvents } from '../../sdk/index.js';
import { CallEvent } from './call-event.js';

/** Devices came, went or were switched. */
export class DialNexaDeviceChangeEvent extends CallEvent<CallEvents['deviceChange']> {
  static override readonly eventName = 'dialnexa-devicechange';
  /** The devices that there are now, which are in use, and the `cause`. */
  declare readonly detail: CallEvents['deviceChange'];
}

declare global {
  interface GlobalEventHandlersEventMap {
    'dialnexa-devicechange': DialNexaDeviceChangeEvent;
  }
}
