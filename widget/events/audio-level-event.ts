/** The event `dialnexa-audiolevel`. */
import type { CallEvents } from '../../sdk/index.js';

/** The loudness of both sides, about ten times a second. */
export class DialNexaAudioLevelEvent extends Event {
  /** The name of the event. */
  static readonly eventName = 'dialnexa-audiolevel';
  /** Loudness of caller (`user`) and agent, 0 to 1. */
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
