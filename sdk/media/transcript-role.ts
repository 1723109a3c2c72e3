/** Decides who spoke a transcription: the caller or the agent. */
import type { AgentLike } from './read-agent-state.js';

/** The part of a LiveKit room that is read. */
export interface RoomLike {
  readonly localParticipant: { readonly identity: string };
  readonly remoteParticipants: ReadonlyMap<string, AgentLike>;
}

/**
 * The speaker of a stream by that participant. Agents publish what they hear from the caller under the caller's
 * identity. `null` for other participants that are no agents. A participant that is not known yet is taken for an
 * agent: its stream may arrive before its join.
 */
export function transcriptRole(room: RoomLike, identity: string): 'user' | 'agent' | null {
  if (identity === room.localParticipant.identity) return 'user';
  const isAgent = room.remoteParticipants.get(identity)?.isAgent ?? identity !== '';
  return isAgent ? 'agent' : null;
}
