/** Whose words a transcription stream holds. */
import type { AgentLike } from './read-agent-state.js';

/** The part of a LiveKit room that is read. */
export interface RoomLike {
  readonly localParticipant: { readonly identity: string };
  readonly remoteParticipants: ReadonlyMap<string, AgentLike>;
}

/**
 * The caller's own come under its name, from an agent that hears it. Of the others only agents have a part in the
 * conversation: `null` for anybody else. An agent may speak before its arrival is told of.
 */
export function transcriptRole(room: RoomLike, identity: string): 'user' | 'agent' | null {
  if (identity === room.localParticipant.identity) return 'user';
  const isAgent = room.remoteParticipants.get(identity)?.isAgent ?? identity !== '';
  return isAgent ? 'agent' : null;
}
