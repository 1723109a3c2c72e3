/** A media server in memory, behind the domain's port: rooms exist when a test says that they do. */
import { mintJoinToken } from '../../server/livekit/join-token.js';
import { verifyAgentToken } from '../../server/livekit/agent-token.js';
import { SignJWT } from 'jose';
import type { AgentAsked, Media, MediaParticipant } from '../../server/domain/ports/media.js';

const config = {
  url: 'ws://127.0.0.1:1',
  apiKey: 'fakekey',
  apiSecret: 'a-secret-of-at-least-32-characters!!',
};

export class FakeLivekit implements Media {
  readonly config = config;
  readonly rooms = new Map<string, MediaParticipant[]>();
  readonly deleted: string[] = [];
  /** Rooms whose participants were asked for. */
  readonly asked: string[] = [];
  /** Rooms to which no worker has taken an agent's job, and those whose agents were asked for once more. */
  readonly withoutJob = new Set<string>();
  /** Rooms whose agent is on its way. */
  readonly withJob = new Set<string>();
  readonly askedAgain: string[] = [];
  down = false;

  mintJoinToken(request: Parameters<Media['mintJoinToken']>[0]): Promise<string> {
    return mintJoinToken(config, request);
  }
  verifyAgentToken(token: string): ReturnType<Media['verifyAgentToken']> {
    return verifyAgentToken(config, token);
  }
  deleteRoom(name: string): Promise<void> {
    if (this.down) return Promise.reject(new Error('unreachable'));
    this.rooms.delete(name);
    this.deleted.push(name);
    return Promise.resolve();
  }
  listRooms(names: readonly string[] = []): Promise<{ name: string }[]> {
    if (this.down) return Promise.reject(new Error('unreachable'));
    const wanted = [...this.rooms.keys()].filter((name) => !names.length || names.includes(name));
    return Promise.resolve(wanted.map((name) => ({ name })));
  }
  listParticipants(name: string): Promise<MediaParticipant[] | null> {
    if (this.down) return Promise.reject(new Error('unreachable'));
    this.asked.push(name);
    return Promise.resolve(this.rooms.get(name) ?? null);
  }
  askAgentAgain(name: string): Promise<AgentAsked> {
    if (this.down) return Promise.reject(new Error('unreachable'));
    if (!this.withoutJob.has(name))
      return Promise.resolve(this.withJob.has(name) ? 'coming' : 'unknown');
    this.askedAgain.push(name);
    return Promise.resolve('asked');
  }

  /** What a worker gets for a job in the room. */
  agentToken(room: string, identity = 'agent-1'): Promise<string> {
    return new SignJWT({ kind: 'agent', video: { roomJoin: true, room } })
      .setProtectedHeader({ alg: 'HS256' })
      .setIssuer(config.apiKey)
      .setSubject(identity)
      .setExpirationTime('1h')
      .sign(new TextEncoder().encode(config.apiSecret));
  }
}
