/** Translates what the media session tells into what a call makes of it. */
import type { DisconnectCause, MediaListener } from '../media/media-port.js';
import type { AgentWatch } from './agent-watch.js';
import type { CallSink } from './call-sink.js';

/** What only the call itself can handle. */
export interface MediaHooks {
  agentTrack(track: MediaStreamTrack | null): void;
  dropped(cause: DisconnectCause): void;
}

/** One listener for one session. */
export function mediaListener(sink: CallSink, agent: AgentWatch, hooks: MediaHooks): MediaListener {
  return {
    agentChanged: (agentState) => agent.see(agentState),
    agentTrack: (track) => {
      hooks.agentTrack(track);
      agent.hear(track !== null);
    },
    transcript: (piece) => sink.transcript(piece),
    reconnecting: () => sink.dispatch({ type: 'connectionBroke' }),
    reconnected: () => sink.dispatch({ type: 'connectionCameBack' }),
    playbackBlocked: (blocked) => sink.emit('audioBlocked', { blocked }),
    disconnected: (cause) => hooks.dropped(cause),
  };
}
