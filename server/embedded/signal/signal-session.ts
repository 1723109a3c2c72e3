// The signalling of one client: joins its room, handles its requests, and watches its connection.
import {
  Codec,
  DisconnectReason,
  JoinResponse,
  LeaveRequest_Action,
  MediaSectionsRequirement,
  Pong,
  RequestResponse,
  RequestResponse_Reason,
  RoomConfiguration,
  SessionDescription,
  SignalTarget,
  TrackPublishedResponse,
  TrackSubscribed,
  TrackType,
  TrickleRequest,
} from '@livekit/protocol';
import type {
  MuteTrackRequest,
  SignalRequest,
  UpdateLocalAudioTrack,
  UpdateParticipantMetadata,
  ServerInfo,
} from '@livekit/protocol';
import type { WebSocket } from 'ws';
import { mintToken } from '../access-token.js';
import type { KeyPair } from '../access-token.js';
import { log } from '../log.js';
import { MediaSession } from '../media/media-session.js';
import type { UpTrack } from '../media/tracks.js';
import type { TransportSettings } from '../media/transport.js';
import { changeSubscriptions, changeTrackSettings } from '../rooms/change-subscriptions.js';
import { leaveMessage } from '../rooms/leave.js';
import { Participant } from '../rooms/participant.js';
import type { Room } from '../rooms/room.js';
import type { Admission } from './admission.js';
import { announceTrack, changeFeatures, claimTrack } from './announced-tracks.js';
import { changeDetails } from './change-details.js';
import { SignalConnection } from './signal-connection.js';

/** What all sessions share. */
export interface SessionSettings {
  readonly keys: KeyPair;
  readonly media: TransportSettings;
  readonly serverInfo: ServerInfo;
}

const PING_INTERVAL_SECONDS = 5;
const PING_TIMEOUT_SECONDS = 15;
const MAX_QUEUED_OFFERS = 8;
const TOKEN_SECONDS = 600;

/** A client's session, from its join until its socket is closed or it is removed. */
export class SignalSession {
  readonly #settings: SessionSettings;
  readonly #room: Room;
  readonly #participant: Participant;
  readonly #signal: SignalConnection;
  #offers: Promise<void> = Promise.resolve();
  #queuedOffers = 0;

  constructor(socket: WebSocket, admission: Admission, room: Room, settings: SessionSettings) {
    this.#settings = settings;
    this.#room = room;
    this.#signal = new SignalConnection(socket, {
      request: (message) => this.#handle(message),
      closed: () => this.#signalLost(),
    });
    const { join } = admission;
    const options = {
      client: join.clientInfo,
      autoSubscribe: join.connectionSettings?.autoSubscribe ?? true,
    };
    this.#participant = new Participant(admission.grants, options, this.#signal, (sid) =>
      this.#openMedia(sid, admission.isDual),
    );
    this.#participant.refreshToken = () => this.#sendToken();
    room.join(this.#participant);
    this.#sendJoin(admission.isDual);
    // Before the first offer, so that this offer or its answer carries the tracks.
    room.serve(this.#participant);
    this.#participant.media.start().catch((error: unknown) => this.#refuse('no offer', error));
    for (const request of join.addTrackRequests) this.#handle({ case: 'addTrack', value: request });
    if (join.publisherOffer) this.#handle({ case: 'offer', value: join.publisherOffer });
  }

  #openMedia(sid: string, isDual: boolean): MediaSession {
    return new MediaSession(sid, isDual, this.#settings.media, {
      state: (state) => {
        this.#participant.mediaLostAt = state === 'connected' ? undefined : Date.now();
        if (state === 'connecting') this.#participant.mediaLostAt = undefined;
        if (state !== 'connected') return;
        this.#room.activate(this.#participant);
        for (const track of this.#participant.media.receivedTracks) this.#tellPublisher(track);
      },
      data: (label, message) => this.#room.receiveData(this.#participant, label, message),
      channelOpen: (label) => this.#room.channelOpen(this.#participant, label),
      flooded: () => this.#room.remove(this.#participant, DisconnectReason.PARTICIPANT_REMOVED),
      claim: (cid) => claimTrack(this.#participant, cid),
      trackStarted: (track) => this.#room.publish(this.#participant, track),
      trackEnded: (track) => this.#room.unpublish(this.#participant, track),
      subscribed: (track) => this.#tellPublisher(track),
      needsSections: (numAudios) =>
        this.#signal.send({
          case: 'mediaSectionsRequirement',
          value: new MediaSectionsRequirement({ numAudios }),
        }),
      offer: (offer) =>
        this.#signal.send({
          case: 'offer',
          value: new SessionDescription({ type: 'offer', ...offer }),
        }),
      candidate: (candidate) =>
        this.#signal.send({
          case: 'trickle',
          value: new TrickleRequest({
            candidateInit: JSON.stringify({ candidate, sdpMid: '0', sdpMLineIndex: 0 }),
            target: SignalTarget.SUBSCRIBER,
          }),
        }),
    });
  }

  #sendJoin(isDual: boolean): void {
    const codecs = [new Codec({ mime: 'audio/opus' })];
    const join = new JoinResponse({
      room: this.#room.toInfo(),
      participant: this.#participant.toInfo(),
      otherParticipants: this.#room.othersFor(this.#participant),
      serverVersion: this.#settings.serverInfo.version,
      serverInfo: this.#settings.serverInfo,
      pingInterval: PING_INTERVAL_SECONDS,
      pingTimeout: PING_TIMEOUT_SECONDS,
      subscriberPrimary: isDual,
      fastPublish: true,
      enabledPublishCodecs: codecs,
    });
    this.#signal.send({ case: 'join', value: join });
    this.#sendToken();
  }

  #sendToken(): void {
    const { identity, expiresAt: former, roomConfig, ...grants } = this.#participant.currentGrants;
    const soon = Math.floor(Date.now() / 1000) + TOKEN_SECONDS;
    const expiresAt = Math.max(former, soon);
    const claims = {
      ...grants,
      video: { ...grants.video },
      identity,
      ...(roomConfig ? { roomConfig: withoutAgents(roomConfig).toJson() } : {}),
    };
    mintToken(claims, identity, expiresAt, this.#settings.keys)
      .then((token) => this.#signal.send({ case: 'refreshToken', value: token }))
      .catch(() => undefined);
  }

  #handle(message: SignalRequest['message']): void {
    if (this.#room.participants.get(this.#participant.identity) !== this.#participant) return;
    switch (message.case) {
      case 'offer':
        this.#queueOffer(message.value);
        break;
      case 'answer':
        this.#accept(message.value);
        break;
      case 'trickle':
        this.#trickle(message.value);
        break;
      case 'addTrack':
        this.#addTrack(message.value);
        break;
      case 'mute':
        this.#mute(message.value);
        break;
      case 'ping':
        this.#signal.send({ case: 'pong', value: BigInt(Date.now()) });
        break;
      case 'pingReq':
        this.#signal.send({
          case: 'pongResp',
          value: new Pong({
            lastPingTimestamp: message.value.timestamp,
            timestamp: BigInt(Date.now()),
          }),
        });
        break;
      case 'updateMetadata':
        this.#updateMetadata(message.value);
        break;
      case 'subscription':
        changeSubscriptions(this.#room, this.#participant, message.value);
        break;
      case 'trackSetting':
        changeTrackSettings(this.#room, this.#participant, message.value);
        break;
      case 'subscriptionPermission':
        this.#room.restrict(this.#participant, message.value);
        break;
      case 'updateAudioTrack':
        this.#updateAudioTrack(message.value);
        break;
      case 'leave':
        this.#room.remove(this.#participant, DisconnectReason.CLIENT_INITIATED);
        break;
      default:
        break;
    }
  }

  #queueOffer(offer: SessionDescription): void {
    if (this.#queuedOffers >= MAX_QUEUED_OFFERS) return;
    this.#queuedOffers += 1;
    this.#offers = this.#offers
      .then(() => this.#answer(offer))
      .finally(() => (this.#queuedOffers -= 1));
  }

  async #answer(offer: SessionDescription): Promise<void> {
    const { media } = this.#participant;
    try {
      const answer = await media.answer(offer.sdp);
      if (!answer) {
        // The native connection cannot restart ICE: the client has to do a full reconnect.
        this.#signal.send(
          leaveMessage(DisconnectReason.STATE_MISMATCH, LeaveRequest_Action.RECONNECT),
        );
        return;
      }
      this.#signal.send({
        case: 'answer',
        value: new SessionDescription({ type: 'answer', id: offer.id, ...answer }),
      });
      media.settle();
    } catch (error) {
      this.#refuse('offer refused', error);
    }
  }

  #accept({ sdp, id }: SessionDescription): void {
    try {
      this.#participant.media.accept(sdp, id);
    } catch (error) {
      this.#refuse('answer refused', error);
    }
  }

  #refuse(what: string, error: unknown): void {
    if (this.#signal.closed) return;
    log('warn', what, {
      participant: this.#participant.identity,
      error: error instanceof Error ? error.message : 'unknown',
    });
    this.#room.remove(this.#participant, DisconnectReason.STATE_MISMATCH);
  }

  #trickle(trickle: TrickleRequest): void {
    try {
      const init: unknown = JSON.parse(trickle.candidateInit);
      if (typeof init !== 'object' || init === null) return;
      const { candidate, sdpMLineIndex } = init as Record<string, unknown>;
      // All sections are bundled, so only candidates of the first section are used.
      if (typeof candidate !== 'string' || candidate.length > 512) return;
      if (sdpMLineIndex === 0 || sdpMLineIndex === undefined) {
        const isSubscriber = trickle.target === SignalTarget.SUBSCRIBER;
        this.#participant.media.addCandidate(candidate, isSubscriber ? 'subscriber' : 'publisher');
      }
    } catch {
      // A malformed candidate: the connection can do without it.
    }
  }

  #addTrack(request: Parameters<typeof announceTrack>[1]): void {
    const refusal =
      request.type === TrackType.VIDEO
        ? RequestResponse_Reason.UNSUPPORTED_TYPE
        : announceTrack(this.#participant, request);
    if (typeof refusal === 'number') {
      this.#respond(refusal, { case: 'addTrack', value: request });
      return;
    }
    this.#signal.send({
      case: 'trackPublished',
      value: new TrackPublishedResponse({ cid: request.cid, track: refusal }),
    });
  }

  #mute(request: MuteTrackRequest): void {
    if (this.#room.setMuted(this.#participant, request.sid, request.muted)) return;
    this.#respond(RequestResponse_Reason.NOT_FOUND, { case: 'mute', value: request });
  }

  #updateAudioTrack(request: UpdateLocalAudioTrack): void {
    if (changeFeatures(this.#participant, request)) this.#room.update(this.#participant);
    else {
      const reason = RequestResponse_Reason.NOT_FOUND;
      this.#respond(reason, { case: 'updateAudioTrack', value: request });
    }
  }

  #updateMetadata(request: UpdateParticipantMetadata): void {
    const reason = changeDetails(this.#participant, request, this.#participant.permission);
    if (reason === RequestResponse_Reason.OK) {
      this.#room.update(this.#participant);
      this.#sendToken();
    }
    this.#respond(reason, { case: 'updateMetadata', value: request }, request.requestId);
  }

  #respond(
    reason: RequestResponse_Reason,
    request: RequestResponse['request'],
    requestId = 0,
  ): void {
    this.#signal.send({
      case: 'requestResponse',
      value: new RequestResponse({ requestId, reason, request }),
    });
  }

  #tellPublisher(track: UpTrack): void {
    if (!this.#participant.isActive || this.#participant.isHidden) return;
    for (const other of this.#room.participants.values()) {
      if (other.sid !== track.publisherSid || track.announcedSubscriber) continue;
      track.announcedSubscriber = true;
      const value = new TrackSubscribed({ trackSid: track.sid });
      other.signal.send({ case: 'trackSubscribed', value });
    }
  }

  #signalLost(): void {
    if (this.#participant.wasActive) this.#participant.signalLostAt = Date.now();
    else this.#room.remove(this.#participant, DisconnectReason.SIGNAL_CLOSE);
  }
}

/**
 * The configuration without agents. They are dispatched at the first join; a participant that rejoins must not dispatch
 * them again.
 */
function withoutAgents(config: RoomConfiguration): RoomConfiguration {
  return new RoomConfiguration({ ...config, agents: [] });
}
