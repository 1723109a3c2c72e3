/** Dispatches what a call reports as DOM events of the element. */
import type { CallEventName, CallEvents } from '../../sdk/index.js';
import type { CallBinding } from '../call-controller.js';
import type { OwnerConsole } from '../owner-console.js';
import { DialNexaAgentChangeEvent } from './agent-change-event.js';
import { DialNexaAgentStateEvent } from './agent-state-event.js';
import { DialNexaAudioBlockedEvent } from './audio-blocked-event.js';
import { DialNexaAudioLevelEvent } from './audio-level-event.js';
import { DialNexaDeviceChangeEvent } from './device-change-event.js';
import { DialNexaEndedEvent } from './ended-event.js';
import { DialNexaErrorEvent } from './error-event.js';
import { DialNexaFunctionCallEvent } from './function-call-event.js';
import { DialNexaMutedEvent } from './muted-event.js';
import { DialNexaQualityEvent } from './quality-event.js';
import { DialNexaStateChangeEvent } from './state-change-event.js';
import { DialNexaTimingEvent } from './timing-event.js';
import { DialNexaToolCallEvent } from './tool-call-event.js';
import { DialNexaToolsOfferedEvent } from './tools-offered-event.js';
import { DialNexaTranscriptEvent } from './transcript-event.js';
import { DialNexaTransferEvent } from './transfer-event.js';

/** The event of each name, but of those that are more than told. */
const EVENTS: {
  [Name in Exclude<CallEventName, 'error' | 'ended'>]: new (detail: CallEvents[Name]) => Event;
} = {
  stateChange: DialNexaStateChangeEvent,
  transcript: DialNexaTranscriptEvent,
  agentState: DialNexaAgentStateEvent,
  audioLevel: DialNexaAudioLevelEvent,
  muted: DialNexaMutedEvent,
  audioBlocked: DialNexaAudioBlockedEvent,
  deviceChange: DialNexaDeviceChangeEvent,
  timing: DialNexaTimingEvent,
  functionCall: DialNexaFunctionCallEvent,
  toolCall: DialNexaToolCallEvent,
  toolsOffered: DialNexaToolsOfferedEvent,
  agentChange: DialNexaAgentChangeEvent,
  transfer: DialNexaTransferEvent,
  quality: DialNexaQualityEvent,
};

/** Where a call reports to. Also sets the levels that animate the card. */
export function dispatchTo(
  element: HTMLElement,
  owner: OwnerConsole,
): Pick<CallBinding, 'tell' | 'levelled' | 'missing' | 'failed' | 'ended'> {
  const dispatch = (event: Event): void => void element.dispatchEvent(event);
  return {
    tell: (call) => [
      call.on('stateChange', ({ state }) => {
        if (state.status === 'active' || state.status === 'ended') owner.works();
      }),
      ...Object.entries(EVENTS).map(([name, Told]) =>
        call.on(name as CallEventName, (detail) =>
          dispatch(new (Told as new (detail: unknown) => Event)(detail)),
        ),
      ),
    ],
    levelled(levels) {
      // Set as CSS properties: redrawing ten times a second would cost too much.
      const style = element.shadowRoot?.querySelector<HTMLElement>('.card')?.style;
      style?.setProperty('--_user-level', levels.user.toFixed(3));
      style?.setProperty('--_agent-level', levels.agent.toFixed(3));
    },
    failed(error) {
      owner.say(error);
      dispatch(new DialNexaErrorEvent(error));
    },
    missing: (what) => owner.warn(what),
    ended: (end) => dispatch(new DialNexaEndedEvent(end)),
  };
}
