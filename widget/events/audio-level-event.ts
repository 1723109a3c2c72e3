/** The event `dialnexa-audiolevel`. */
import type { CallEvents } from '../../sdk/index.js';

/** How loud both sides are, about ten times a second. */
export class DialNexaAudioLevelEvent extends Event {
  /** The name to listen for. */
  static readonly eventName = 'dialnexa-audiolevel';
  /** Caller and agent, 0 to 1. */
  readonly detail: CallEvents['audioLevel'];

  constructor(detail: CallEvents['audioLevel']) {
    super(DialNexaAudioLevelEvent.eventName, { bubbles: true, composed: true, cancelable: false });
    this.detail = detail;
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'dialnexa-audiolevel': DialNexaAudioLevelEvent;
  }
}
