/** What the domain asks of the media server. */

/** Whose token it is, for which room, and which agent joining it dispatches. */
export interface JoinTokenRequest {
  roomName: string;
  identity: string;
  name?: string;
  /** The name under which the agent worker is registered. Absent: no agent is called. */
  agentName?: string;
  /** Handed to the agent's job. The caller can decode it: no secret may stand in it. */
  agentMetadata?: string;
  issuedAt: Date;
  expiresAt: Date;
  emptyTimeoutSec: number;
  departureTimeoutSec: number;
  maxParticipants: number;
}

/** Somebody in a room now. */
export interface MediaParticipant {
  identity: string;
  kind: 'caller' | 'agent' | 'other';
  /** Media is up, not only the socket. */
  active: boolean;
  /** By the media server's clock. */
  joinedAt?: Date | null;
}

/** A room that exists now. */
export interface MediaRoom {
  name: string;
  /** Agents and listeners count; absent when the media server does not say. */
  participants?: number;
}

/**
 * `asked`: once more, since nobody had the call; `coming`: somebody has taken it; `unknown`: neither is certain, or there is
 * nobody to ask.
 */
export type AgentAsked = 'asked' | 'coming' | 'unknown';

/** The media server's verbs. A room or participant that is already gone is no error. */
export interface Media {
  mintJoinToken(request: JoinTokenRequest): Promise<string>;
  deleteRoom(roomName: string): Promise<void>;
  listRooms(names?: readonly string[]): Promise<MediaRoom[]>;
  /** `null` when the room does not exist. */
  listParticipants(roomName: string): Promise<MediaParticipant[] | null>;
  /** Where no agent is on its way to the room, asks for it once more. */
  askAgentAgain(roomName: string): Promise<AgentAsked>;
  /** Whose job a worker's token is for; `null` when it is not an agent's token of this media server. */
  verifyAgentToken(token: string): Promise<{ roomName: string; identity: string } | null>;
}
