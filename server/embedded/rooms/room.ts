// A room: its participants, which tracks each receives, and when the room closes.
import { setImmediate, setTimeout } from 'node:timers/promises';
import {
  Codec,
  DisconnectReason,
  ParticipantInfo,
  ParticipantInfo_State,
  ParticipantUpdate,
  Room as RoomInfo,
  RoomUpdate,
  SpeakerInfo,
  SpeakersChanged,
  SubscriptionPermissionUpdate,
  TrackUnpublishedResponse,
} from '@livekit/protocol';
import type {
  DataPacket,
  ParticipantPermission,
  RoomConfiguration,
  SignalResponse,
  SubscriptionPermission,
  TrackInfo,
} from '@livekit/protocol';
import { newId } from '../ids.js';
import { log } from '../log.js';
import { RELIABLE } from '../media/own-channels.js';
import type { UpTrack } from '../media/tracks.js';
import { readAllowedReceivers } from './allowed-receivers.js';
import { DataRelay } from './data-relay.js';
import { leaveMessage } from './leave.js';
import type { Participant } from './participant.js';
import { SpeakerReports } from './speaker-reports.js';
import type { Webhooks } from './webhooks.js';

/** What a room tells its owner. */
export interface RoomEvents {
  /** A participant has joined under an identity that was not in the room. */
  participantJoined(room: Room, participant: Participant): void;
  /** A participant has published its first track. */
  participantPublished(room: Room, participant: Participant): void;
  participantLeft(room: Room, participant: Participant): void;
  closed(room: Room): void;
}

const CODECS = ['audio/opus'].map((mime) => new Codec({ mime }));
const DEFAULT_EMPTY_SECONDS = 300;
const DEFAULT_DEPARTURE_SECONDS = 20;
const DRAIN_LIMIT_MS = 200;
const DRAIN_STEP_MS = 10;

/** A room. Times in its parameters are ms since 1970, unless their name says otherwise. */
export class Room {
  readonly sid = newId('RM_');
  readonly name: string;
  readonly participants = new Map<string, Participant>();
  readonly #createdAt = Date.now();
  readonly #config: RoomConfiguration;
  readonly #webhooks: Webhooks;
  readonly #events: RoomEvents;
  readonly #data = new DataRelay();
  readonly #speakers = new SpeakerReports();
  #metadata: string;
  #lastLeftAt: number | undefined;
  #closed = false;
  #changed = false;

  constructor(name: string, config: RoomConfiguration, webhooks: Webhooks, events: RoomEvents) {
    this.name = name;
    this.#config = config;
    this.#metadata = config.metadata;
    this.#webhooks = webhooks;
    this.#events = events;
    webhooks.emit('room_started', { room: this.toInfo() });
    log('info', 'room started', { room: name });
  }

  get isClosed(): boolean {
    return this.#closed;
  }

  get isFull(): boolean {
    const limit = this.#config.maxParticipants;
    const counted = [...this.participants.values()].filter((other) => !other.isDependent);
    return limit > 0 && counted.length >= limit;
  }

  toInfo(): RoomInfo {
    const all = [...this.participants.values()];
    return new RoomInfo({
      sid: this.sid,
      name: this.name,
      emptyTimeout: this.#emptySeconds,
      departureTimeout: this.#departureSeconds,
      maxParticipants: this.#config.maxParticipants,
      creationTime: BigInt(Math.floor(this.#createdAt / 1000)),
      creationTimeMs: BigInt(this.#createdAt),
      enabledCodecs: CODECS,
      metadata: this.#metadata,
      numParticipants: all.filter((one) => !one.isDependent).length,
      numPublishers: all.filter((one) => one.liveTracks.length > 0).length,
    });
  }

  /** Adds a participant and tells the others; removes one with the same identity first. */
  join(participant: Participant): void {
    const former = this.participants.get(participant.identity);
    if (former) {
      this.remove(former, DisconnectReason.DUPLICATE_IDENTITY);
      participant.hasPublished = former.hasPublished;
    }
    this.participants.set(participant.identity, participant);
    this.#changed = true;
    this.#tellOthers(participant, participant.toInfo());
    if (!former) this.#events.participantJoined(this, participant);
  }

  /** To be called when a participant's connection is up: tells the others, and lets media flow. */
  activate(participant: Participant): void {
    if (participant.wasActive || this.#isGone(participant)) return;
    participant.wasActive = true;
    participant.state = ParticipantInfo_State.ACTIVE;
    this.update(participant);
    this.#webhooks.emit('participant_joined', {
      room: this.toInfo(),
      participant: participant.toInfo(),
    });
    log('info', 'participant active', { room: this.name, participant: participant.identity });
    this.serve(participant);
  }

  /** Subscribes a participant to the tracks that it may receive and wants, and to no others. */
  serve(receiver: Participant): void {
    for (const other of this.participants.values()) {
      if (other === receiver) continue;
      for (const track of other.liveTracks) serve(receiver, other, track);
    }
  }

  /** Restricts who may receive a participant's tracks, present and future ones. */
  restrict(participant: Participant, request: SubscriptionPermission): void {
    const allowedReceivers = readAllowedReceivers(request, this.participants.values());
    if (allowedReceivers === null) return;
    participant.allowedReceivers = allowedReceivers;
    for (const other of this.participants.values()) if (other !== participant) this.serve(other);
  }

  /** The other participants as a new one is told of them: all but hidden ones. */
  othersFor(participant: Participant): ParticipantInfo[] {
    return [...this.participants.values()]
      .filter((other) => other !== participant && !other.isHidden)
      .map((other) => other.toInfo());
  }

  /** Tells everyone what has changed about a participant; only itself when it is hidden. */
  update(participant: Participant): void {
    const info = participant.toInfo();
    participant.signal.send(updateOf(info));
    this.#tellOthers(participant, info);
  }

  /** Publishes an announced track that is negotiated, or whose media has arrived. */
  publish(participant: Participant, live: UpTrack): void {
    const track = participant.tracks.get(live.sid);
    if (!track || this.#isGone(participant)) return;
    track.live = live;
    live.muted = track.info.muted;
    track.info.mid = live.mid;
    track.info.mimeType = 'audio/opus';
    for (const codec of track.info.codecs) {
      codec.mimeType = 'audio/opus';
      codec.mid = live.mid;
    }
    this.#changed = true;
    this.update(participant);
    this.#emitTrack('track_published', participant, track.info);
    for (const other of this.participants.values()) {
      if (other !== participant && other.isActive) serve(other, participant, live);
    }
    if (participant.hasPublished) return;
    participant.hasPublished = true;
    this.#events.participantPublished(this, participant);
  }

  unpublish(participant: Participant, live: UpTrack): void {
    const track = participant.tracks.get(live.sid);
    if (!track) return;
    participant.tracks.delete(live.sid);
    this.#forget(live.sid);
    if (!track.live) return;
    track.live = undefined;
    this.#changed = true;
    this.#emitTrack('track_unpublished', participant, track.info);
    if (!this.#isGone(participant)) this.update(participant);
  }

  /** Mutes or unmutes a track, whoever asked for it. Undefined when there is no such track. */
  setMuted(participant: Participant, trackSid: string, muted: boolean): TrackInfo | undefined {
    const track = participant.tracks.get(trackSid);
    if (!track) return undefined;
    if (track.live) track.live.muted = muted;
    if (track.info.muted !== muted) {
      track.info.muted = muted;
      if (track.live) this.update(participant);
    }
    return track.info;
  }

  /** Changes a participant's permissions, and ends what it may not do any more. */
  permit(participant: Participant, permission: ParticipantPermission): void {
    participant.permission = permission;
    for (const [sid, { info }] of [...participant.tracks]) {
      if (participant.mayPublish(info.source)) continue;
      participant.media.endTrack(sid);
      participant.tracks.delete(sid);
      this.#forget(sid);
      const value = new TrackUnpublishedResponse({ trackSid: sid });
      participant.signal.send({ case: 'trackUnpublished', value });
    }
    this.serve(participant);
  }

  /** Removes a participant, tells it why, and tells the others. */
  remove(participant: Participant, reason: DisconnectReason): void {
    if (this.#isGone(participant)) return;
    this.participants.delete(participant.identity);
    participant.disconnectReason = reason;
    participant.state = ParticipantInfo_State.DISCONNECTED;
    this.#lastLeftAt = Date.now();
    this.#changed = true;
    const room = this.toInfo();
    for (const track of participant.liveTracks) this.unpublish(participant, track);
    for (const sid of participant.tracks.keys()) this.#forget(sid);
    participant.signal.send(leaveMessage(reason));
    participant.signal.close();
    participant.media.close();
    this.#data.forget(participant, reason === DisconnectReason.DUPLICATE_IDENTITY);
    const info = participant.toInfo();
    this.#tellOthers(participant, info);
    const event = participant.wasActive ? 'participant_left' : 'participant_connection_aborted';
    this.#webhooks.emit(event, { room, participant: info });
    log('info', 'participant left', {
      room: this.name,
      participant: participant.identity,
      reason: DisconnectReason[reason],
    });
    this.#events.participantLeft(this, participant);
  }

  setMetadata(metadata: string): void {
    this.#metadata = metadata;
    this.#sendRoomUpdate();
  }

  receiveData(sender: Participant, label: string, bytes: Buffer): void {
    this.#data.receive(sender, label, bytes, this.participants.values());
  }

  sendData(packet: DataPacket): void {
    this.#data.send(packet, this.participants.values());
  }

  channelOpen(participant: Participant, label: string): void {
    if (label === RELIABLE) this.#data.flush(participant);
  }

  /** Measures the loudness of all tracks and reports changes. Called every 400 ms. */
  measureSpeakers(): void {
    for (const [receiver, changes] of this.#speakers.measure(this.participants.values())) {
      const speakers = changes.map((change) => new SpeakerInfo(change));
      receiver.signal.send({ case: 'speakersChanged', value: new SpeakersChanged({ speakers }) });
    }
  }

  /** Sends room updates and receiver reports, and closes an empty room. Called once a second. */
  tick(now: number): void {
    if (this.#changed) this.#sendRoomUpdate();
    for (const participant of this.participants.values()) participant.media.sendReports();
    if ([...this.participants.values()].some((one) => !one.isDependent)) return;
    const since = this.#lastLeftAt ?? this.#createdAt;
    const seconds = this.#lastLeftAt ? this.#departureSeconds : this.#emptySeconds;
    if (now - since >= seconds * 1000) this.close(DisconnectReason.ROOM_CLOSED);
  }

  /** Waits until texts that agents are writing have been sent, at most 200 ms. */
  async drainAgentTexts(): Promise<void> {
    const end = performance.now() + DRAIN_LIMIT_MS;
    // Packets that have arrived are handled in the next turn of the event loop.
    await setImmediate();
    while (this.#data.isAgentWriting && performance.now() < end) await setTimeout(DRAIN_STEP_MS);
  }

  close(reason: DisconnectReason): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const participant of [...this.participants.values()]) this.remove(participant, reason);
    this.#webhooks.emit('room_finished', { room: this.toInfo() });
    log('info', 'room finished', { room: this.name });
    this.#events.closed(this);
  }

  get #emptySeconds(): number {
    return this.#config.emptyTimeout || DEFAULT_EMPTY_SECONDS;
  }

  get #departureSeconds(): number {
    return this.#config.departureTimeout || DEFAULT_DEPARTURE_SECONDS;
  }

  #isGone(participant: Participant): boolean {
    return this.participants.get(participant.identity) !== participant;
  }

  /** Forgets a track that has ended, in the choices of all participants. */
  #forget(trackSid: string): void {
    for (const one of this.participants.values()) one.choices.forget(trackSid);
  }

  #tellOthers(participant: Participant, info: ParticipantInfo): void {
    if (participant.isHidden) return;
    const message = updateOf(info);
    for (const receiver of this.participants.values()) {
      if (receiver !== participant) receiver.signal.send(message);
    }
  }

  #sendRoomUpdate(): void {
    this.#changed = false;
    const room = this.toInfo();
    for (const receiver of this.participants.values()) {
      receiver.signal.send({ case: 'roomUpdate', value: new RoomUpdate({ room }) });
    }
  }

  #emitTrack(event: string, participant: Participant, track: TrackInfo): void {
    const { sid, identity } = participant;
    const room = new RoomInfo({ sid: this.sid, name: this.name });
    const who = new ParticipantInfo({ sid, identity });
    this.#webhooks.emit(event, { room, participant: who, track });
  }
}

function serve(receiver: Participant, publisher: Participant, track: UpTrack): void {
  const choice = receiver.choices.of(track.sid);
  const isWanted = choice.subscribe ?? receiver.autoSubscribe;
  const isAdmitted = publisher.admits(receiver, track.sid);
  if (!isWanted || !isAdmitted || !receiver.permission.canSubscribe) {
    receiver.media.unsubscribe(track);
  } else {
    receiver.media.subscribe(track);
    receiver.media.pause(track, choice.paused ?? false);
  }
  if (!isWanted || isAdmitted !== (choice.refused ?? false)) return;
  receiver.choices.note(track.sid, { refused: !isAdmitted });
  const value = new SubscriptionPermissionUpdate({
    participantSid: publisher.sid,
    trackSid: track.sid,
    allowed: isAdmitted,
  });
  receiver.signal.send({ case: 'subscriptionPermissionUpdate', value });
}

function updateOf(info: ParticipantInfo): SignalResponse['message'] {
  return { case: 'update', value: new ParticipantUpdate({ participants: [info] }) };
}
