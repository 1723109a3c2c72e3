/** The event `dialnexa-transfer`. */
import type { CallEvents } from '../../sdk/index.js';
import { CallEvent } from './call-event.js';

/** The agent wants the visitor transferred: a page that can, does it. */
export class DialNexaTransferEvent extends CallEvent<CallEvents['transfer']> {
  static override readonly eventName = 'dialnexa-transfer';
  /** The name of the function that wants it, and where to. */
  declare readonly detail: CallEvents['transfer'];
}

declare global {
  interface GlobalEventHandlersEventMap {
    'dialnexa-transfer': DialNexaTransferEvent;
  }
}
