// One room: its participants, what they hear of each other, and when it closes.
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
import { readAudience } from './audience.js';
import { DataRelay } from './data-relay.js';
import { leaveMessage } from './leave.js';
import type { Participant } from './participant.js';
import { SpeakerBoard } from './speaker-board.js';
import type { Webhooks } from './webhooks.js';

/** What a room tells its owner. */
export interface RoomEvents {
  /** Somebody has come who was not here under this identity. */
  participantJoined(room: Room, participant: Participant): void;
  /** Somebody has published a first track. */
  participantPublished(room: Room, participant: Participant): void;
  participantLeft(room: Room, participant: Participant): void;
  closed(room: Room): void;
}

const CODECS = ['audio/opus'].map((mime) => new Codec({ mime }));
const DEFAULT_EMPTY_SECONDS = 300;
const DEFAULT_DEPARTURE_SECONDS = 20;
const LAST_WORDS_MS = 200;
const LAST_WORDS_STEP_MS = 10;

export class Room {
  readonly sid = newId('RM_');
  readonly name: string;
  readonly participants = new Map<string, Participant>();
  readonly #createdAt = Date.now();
  readonly #config: RoomConfiguration;
  readonly #webhooks: Webhooks;
  readonly #events: RoomEvents;
  readonly #data = new DataRelay();
  readonly #speakers = new SpeakerBoard();
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

  /** Adds a participant, and tells the others; one with the same identity is put out first. */
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

  /** Called when a participant's connection is up: others learn that it is, and media flows. */
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

  /** Makes a participant receive the tracks that it may have and wants, and no others. */
  serve(receiver: Participant): void {
    for (const other of this.participants.values()) {
      if (other === receiver) continue;
      for (const track of other.liveTracks) serve(receiver, other, track);
    }
  }

  /** Lets only those have a participant's tracks whom it names, from now on and whoever comes. */
  restrict(participant: Participant, request: SubscriptionPermission): void {
    const audience = readAudience(request, this.participants.values());
    if (audience === null) return;
    participant.audience = audience;
    for (const other of this.participants.values()) if (other !== participant) this.serve(other);
  }

  /** Everyone except hidden ones, as a newcomer is told. */
  othersFor(participant: Participant): ParticipantInfo[] {
    return [...this.participants.values()]
      .filter((other) => other !== participant && !other.isHidden)
      .map((other) => other.toInfo());
  }

  /** Tells everyone what has changed about a participant; who is hidden is told alone. */
  update(participant: Participant): void {
    const info = participant.toInfo();
    participant.signal.send(updateOf(info));
    this.#tellOthers(participant, info);
  }

  /** An announced track is negotiated, or its media has arrived: it is published and forwarded to everyone. */
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

  /** Mutes or unmutes a track, whoever asked for it. */
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

  /** Changes what a participant may do, and ends what it may not do any more. */
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

  /** Reads the loudness of every track; called every 400 ms. */
  measureSpeakers(): void {
    for (const [receiver, changes] of this.#speakers.measure(this.participants.values())) {
      const speakers = changes.map((change) => new SpeakerInfo(change));
      receiver.signal.send({ case: 'speakersChanged', value: new SpeakersChanged({ speakers }) });
    }
  }

  /** Called once a second: room updates, receiver reports, and the end of an empty room. */
  tick(now: number): void {
    if (this.#changed) this.#sendRoomUpdate();
    for (const participant of this.participants.values()) participant.media.sendReports();
    if ([...this.participants.values()].some((one) => !one.isDependent)) return;
    const since = this.#lastLeftAt ?? this.#createdAt;
    const seconds = this.#lastLeftAt ? this.#departureSeconds : this.#emptySeconds;
    if (now - since >= seconds * 1000) this.close(DisconnectReason.ROOM_CLOSED);
  }

  /** Waits, for a fifth of a second at most, until what agents are writing has reached everyone. */
  async lastWords(): Promise<void> {
    const end = performance.now() + LAST_WORDS_MS;
    // What has arrived already is told to this process only in its next turn.
    await setImmediate();
    while (this.#data.isAgentWriting && performance.now() < end)
      await setTimeout(LAST_WORDS_STEP_MS);
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

  /** A track is gone: what was asked of it is so, too. */
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
