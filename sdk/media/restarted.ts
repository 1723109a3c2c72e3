/** When LiveKit sends messages again after it has joined a room anew. */
import { EngineEvent, type Room } from './livekit.js';

/**
 * To be asked as soon as the room is reconnecting. It may tell that it is reconnected up to two seconds before: what is sent in
 * between is put by for a connection that is resumed, and lost. Resolves as well when it is `over`.
 */
export function restarted({ engine }: Room, over: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    // LiveKit is through with it in the next task only.
    engine.once(EngineEvent.Restarted, () => setTimeout(resolve));
    over.addEventListener('abort', () => resolve());
  });
}
