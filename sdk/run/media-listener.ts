/** Passes the reports of a media session on to the state, events and agent watch of its call. */
import type { DisconnectCause, MediaListener } from '../media/media-port.js';
import type { AgentWatch } from './agent-watch.js';
import type { CallSink } from './call-sink.js';

/** Reports that the call handles itself. */
export interface MediaHooks {
  reached(step: string): void;
  agentTrack(track: MediaStreamTrack | null): void;
  dropped(cause: DisconnectCause): void;
}

/** The listener of one session. */
export function mediaListener(sink: CallSink, agent: AgentWatch, hooks: MediaHooks): MediaListener {
  return {
    reached: (step) => hooks.reached(step),
    agentChanged: (agentState) => agent.see(agentState),
    agentTrack: (track) => {
      hooks.agentTrack(track);
      agent.hear(track !== null);
    },
    transcript: (piece) => sink.transcript(piece),
    reconnecting: () => sink.dispatch({ type: 'connectionBroke' }),
    reconnected: () => sink.dispatch({ type: 'connectionCameBack' }),
    playbackBlocked: (blocked) => sink.emit('audioBlocked', { blocked }),
    tool: (name) => sink.tool(name),
    happened: (name, payload) => sink.emit(name, payload),
    disconnected: (cause) => hooks.dropped(cause),
  };
}
