/** Dispatches what a call reports as DOM events of the element. */
import type { CallBinding } from '../call-controller.js';
import type { OwnerConsole } from '../owner-console.js';
import { DialNexaAgentStateEvent } from './agent-state-event.js';
import { DialNexaAudioLevelEvent } from './audio-level-event.js';
import { DialNexaEndedEvent } from './ended-event.js';
import { DialNexaErrorEvent } from './error-event.js';
import { DialNexaStateChangeEvent } from './state-change-event.js';
import { DialNexaTranscriptEvent } from './transcript-event.js';

/** A listener of the call for each event. Also sets the levels that animate the card. */
export function dispatchTo(
  element: HTMLElement,
  owner: OwnerConsole,
): Omit<CallBinding, 'options' | 'factory' | 'tools' | 'devicesChanged'> {
  const dispatch = (event: Event): void => void element.dispatchEvent(event);
  return {
    stateChanged: (change) => dispatch(new DialNexaStateChangeEvent(change)),
    transcribed: (segment) => dispatch(new DialNexaTranscriptEvent(segment)),
    agentChanged: (agent) => dispatch(new DialNexaAgentStateEvent(agent)),
    levelled(levels) {
      // Set as CSS properties: redrawing ten times a second would cost too much.
      const style = element.shadowRoot?.querySelector<HTMLElement>('.card')?.style;
      style?.setProperty('--_user-level', levels.user.toFixed(3));
      style?.setProperty('--_agent-level', levels.agent.toFixed(3));
      dispatch(new DialNexaAudioLevelEvent(levels));
    },
    failed(error) {
      owner.say(error);
      dispatch(new DialNexaErrorEvent(error));
    },
    missing: (what) => owner.warn(what),
    ended: (end) => dispatch(new DialNexaEndedEvent(end)),
  };
}
