/** The event `dialnexa-audiolevel`. */
import type { CallEvents } from '../../sdk/index.js';
import { CallEvent } from './call-event.js';

/** Loudness of both sides, 0 to 1, about ten times a second. */
export class DialNexaAudioLevelEvent extends CallEvent<CallEvents['audioLevel']> {
  static override readonly eventName = 'dialnexa-audiolevel';
  /** Loudness of caller (`user`) and agent, 0 to 1. */
  declare readonly detail: CallEvents['audioLevel'];
}

declare global {
  interface GlobalEventHandlersEventMap {
    'dialnexa-audiolevel': DialNexaAudioLevelEvent;
  }
}
