// A participant of a room: identity, permissions, published tracks, and its signalling and media connections.
import {
  DisconnectReason,
  ParticipantInfo,
  ParticipantInfo_Kind,
  ParticipantInfo_State,
  ParticipantPermission,
} from '@livekit/protocol';
import type { ClientInfo, TrackInfo, TrackSource } from '@livekit/protocol';
import { isDependent, kindOf } from '../access-token.js';
import type { Grants } from '../access-token.js';
import { newId } from '../ids.js';
import type { MediaSession } from '../media/media-session.js';
import type { UpTrack } from '../media/tracks.js';
import type { SignalConnection } from '../signal/signal-connection.js';
import { admits } from './allowed-receivers.js';
import type { AllowedReceivers } from './allowed-receivers.js';
import { TrackChoices } from './track-choices.js';

/** The sources that tokens name, by their number in `TrackSource`. */
const SOURCES = ['unknown', 'camera', 'microphone', 'screen_share', 'screen_share_audio'];

/** A track that the client has announced. `live` is set once it is negotiated, or its media arrives. */
export interface PublishedTrack {
  readonly cid: string;
  readonly info: TrackInfo;
  live: UpTrack | undefined;
}

/** The state of a participant. `Room` and `SignalSession` act on it. */
export class Participant {
  readonly sid = newId('PA_');
  readonly identity: string;
  readonly kind: ParticipantInfo_Kind;
  readonly joinedAt = Date.now();
  readonly tracks = new Map<string, PublishedTrack>();
  /** Which tracks of others it wants to receive. */
  readonly choices = new TrackChoices();
  readonly client: ClientInfo | undefined;
  readonly autoSubscribe: boolean;
  readonly signal: SignalConnection;
  readonly media: MediaSession;
  grants: Grants;
  name: string;
  metadata: string;
  attributes: Record<string, string>;
  permission: ParticipantPermission;
  state: ParticipantInfo_State = ParticipantInfo_State.JOINED;
  wasActive = false;
  /** Whether it has ever published a track. */
  hasPublished = false;
  /** Who may receive its tracks, as it has requested; undefined: everybody. */
  allowedReceivers: AllowedReceivers | undefined;
  disconnectReason = DisconnectReason.UNKNOWN_REASON;
  /** When its media or its socket was lost (ms since 1970); undefined while both work. */
  mediaLostAt: number | undefined;
  signalLostAt: number | undefined;
  tokenSentAt = Date.now();
  /** Sends the client a new token; set by its signalling session. */
  refreshToken: () => void = () => undefined;
  #version = 0;

  constructor(
    grants: Grants,
    options: { client: ClientInfo | undefined; autoSubscribe: boolean },
    signal: SignalConnection,
    media: (participantSid: string) => MediaSession,
  ) {
    this.grants = grants;
    this.identity = grants.identity;
    this.kind = kindOf(grants.kind);
    this.client = options.client;
    this.autoSubscribe = options.autoSubscribe;
    this.name = grants.name;
    this.metadata = grants.metadata;
    this.attributes = { ...grants.attributes };
    this.permission = permissionOf(grants);
    this.signal = signal;
    this.media = media(this.sid);
  }

  /** Agents and recorders keep no room open. */
  get isDependent(): boolean {
    return isDependent(this.currentGrants);
  }

  get isAgent(): boolean {
    return this.kind === ParticipantInfo_Kind.AGENT;
  }

  get isHidden(): boolean {
    return this.permission.hidden;
  }

  get isActive(): boolean {
    return this.state === ParticipantInfo_State.ACTIVE;
  }

  /** The grants of its token, with the permissions that it has now. */
  get currentGrants(): Grants {
    const { name, metadata, attributes, permission } = this;
    const video = {
      ...this.grants.video,
      canPublish: permission.canPublish,
      canPublishData: permission.canPublishData,
      canPublishSources: permission.canPublishSources.map((source) => SOURCES[source] ?? ''),
      canSubscribe: permission.canSubscribe,
      canUpdateOwnMetadata: permission.canUpdateMetadata,
      hidden: permission.hidden,
      recorder: permission.recorder,
      agent: permission.agent,
    };
    return { ...this.grants, name, metadata, attributes, video };
  }

  mayPublish(source: TrackSource): boolean {
    const { canPublish, canPublishSources } = this.permission;
    return canPublish && (canPublishSources.length === 0 || canPublishSources.includes(source));
  }

  /** Whether this participant allows `receiver` to receive one of its tracks. */
  admits(receiver: Participant, trackSid: string): boolean {
    return admits(this.allowedReceivers, receiver.identity, trackSid);
  }

  /** The tracks that others may receive. */
  get liveTracks(): UpTrack[] {
    return [...this.tracks.values()].flatMap((track) => (track.live ? [track.live] : []));
  }

  toInfo(): ParticipantInfo {
    const published = [...this.tracks.values()].filter((track) => track.live);
    return new ParticipantInfo({
      sid: this.sid,
      identity: this.identity,
      name: this.name,
      state: this.state,
      metadata: this.metadata,
      attributes: { ...this.attributes },
      joinedAt: BigInt(Math.floor(this.joinedAt / 1000)),
      joinedAtMs: BigInt(this.joinedAt),
      permission: this.permission,
      isPublisher: published.length > 0,
      kind: this.kind,
      tracks: published.map((track) => track.info),
      version: (this.#version += 1),
      disconnectReason: this.disconnectReason,
      clientProtocol: this.client?.clientProtocol ?? 0,
      capabilities: this.client?.capabilities ?? [],
    });
  }
}

function permissionOf(grants: Grants): ParticipantPermission {
  const video = grants.video ?? {};
  const canPublish = video.canPublish ?? true;
  return new ParticipantPermission({
    canPublish,
    canSubscribe: video.canSubscribe ?? true,
    canPublishData: video.canPublishData ?? canPublish,
    canPublishSources: (video.canPublishSources ?? []).flatMap(toSource),
    canUpdateMetadata: video.canUpdateOwnMetadata ?? false,
    hidden: video.hidden ?? false,
    recorder: video.recorder ?? false,
    agent: video.agent ?? false,
  });
}

function toSource(word: string): number[] {
  const source = SOURCES.indexOf(word);
  return source > 0 ? [source] : [];
}
