/** Keeps LiveKit from saying goodbye before it joins a room anew: whoever hears that takes it for hanging up. */
import type { Room } from './livekit.js';

/** From the moment on in which the room tells that it is reconnecting. Returns what lets goodbyes through again. */
export function returnSilently({ engine }: Room): () => void {
  const { client } = engine;
  client.sendLeave = () => Promise.resolve();
  // What is left is the method of its class.
  return () => void Reflect.deleteProperty(client, 'sendLeave');
}
