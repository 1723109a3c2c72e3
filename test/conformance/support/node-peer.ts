/** A participant made of the unmodified @livekit/rtc-node. */
import {
  AudioFrame,
  AudioSource,
  AudioStream,
  LocalAudioTrack,
  Room,
  RoomEvent,
  TrackPublishOptions,
  TrackSource,
} from '@livekit/rtc-node';
import type { LocalTrackPublication, RemoteTrack } from '@livekit/rtc-node';
import { joinToken } from './tokens.js';
import type { TokenOptions } from './tokens.js';

/** How a peer joins. */
export interface JoinOptions extends TokenOptions {
  /** Whether it receives everything without asking; default true. */
  autoSubscribe?: boolean;
}

const RATE = 48_000;
/** What is said and heard in one go: in steps of 10 ms a dozen peers keep the process of the tests busy. */
const STEP_MS = 50;
const FRAME = (RATE / 1000) * STEP_MS;
const FRAMES_A_STEP = STEP_MS / 10;
/** How much of the former level is left after a step. */
const FORMER = 0.9 ** FRAMES_A_STEP;

/** One joined participant that counts what it hears. */
export class NodePeer {
  readonly room = new Room();
  readonly disconnected: Promise<number | undefined>;
  /** Root mean square of what was heard from each participant, and how many 10 ms frames. */
  readonly heard = new Map<string, { frames: number; level: number }>();
  readonly texts: { from: string; topic: string; text: string }[] = [];
  #playing = false;
  #volume = 10_000;

  private constructor() {
    this.disconnected = new Promise((resolve) =>
      this.room.once(RoomEvent.Disconnected, (reason) => resolve(reason)),
    );
    this.room.on(RoomEvent.TrackSubscribed, (track, _publication, participant) => {
      void this.#listen(track, participant.identity);
    });
  }

  static async join(
    url: string,
    room: string,
    identity: string,
    options: JoinOptions = {},
  ): Promise<NodePeer> {
    return NodePeer.enter(url, await joinToken(room, identity, options), options.autoSubscribe);
  }

  /** Joins with a token that somebody else has made. */
  static async enter(url: string, token: string, autoSubscribe = true): Promise<NodePeer> {
    const peer = new NodePeer();
    for (const topic of ['chat', 'lk.chat', 'lk.transcription']) {
      peer.room.registerTextStreamHandler(topic, (reader, info) => {
        // A text that is cut off was never said.
        void reader.readAll().then(
          (text) => void peer.texts.push({ from: info.identity, topic, text }),
          () => undefined,
        );
      });
    }
    await peer.room.connect(url, token, { autoSubscribe, dynacast: false });
    return peer;
  }

  get local(): NonNullable<Room['localParticipant']> {
    const { localParticipant } = this.room;
    if (!localParticipant) throw new Error('not connected');
    return localParticipant;
  }

  /** Publishes a microphone that plays a sine for as long as the peer lives. */
  async playTone(hertz: number): Promise<LocalTrackPublication> {
    const source = new AudioSource(RATE, 1);
    const track = LocalAudioTrack.createAudioTrack('tone', source);
    const options = new TrackPublishOptions({ source: TrackSource.SOURCE_MICROPHONE });
    const publication = await this.local.publishTrack(track, options);
    this.#playing = true;
    void this.#play(source, hertz);
    return publication;
  }

  /** Asks for all tracks of `identity` that are known, or for none of them any more. */
  choose(identity: string, isWanted = true): void {
    const tracks = this.room.remoteParticipants.get(identity)?.trackPublications;
    for (const publication of tracks?.values() ?? []) publication.setSubscribed(isWanted);
  }

  /** Goes on sending, without a sound. */
  fallSilent(): void {
    this.#volume = 0;
  }

  async leave(): Promise<void> {
    this.#playing = false;
    await this.room.disconnect();
  }

  async #play(source: AudioSource, hertz: number): Promise<void> {
    for (let sample = 0; this.#playing && this.room.isConnected; sample += FRAME) {
      const frame = AudioFrame.create(RATE, 1, FRAME);
      for (let i = 0; i < FRAME; i += 1) {
        frame.data[i] = Math.sin((2 * Math.PI * hertz * (sample + i)) / RATE) * this.#volume;
      }
      await source.captureFrame(frame).catch(() => (this.#playing = false));
    }
  }

  async #listen(track: RemoteTrack, identity: string): Promise<void> {
    let stream: AudioStream;
    try {
      stream = new AudioStream(track, { sampleRate: RATE, numChannels: 1, frameSizeMs: STEP_MS });
    } catch {
      // The track was gone again before this client came to hear of it.
      return;
    }
    const reader = stream.getReader();
    const entry = { frames: 0, level: 0 };
    this.heard.set(identity, entry);
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      let energy = 0;
      for (const value of next.value.data) energy += value * value;
      const rms = Math.sqrt(energy / next.value.data.length);
      entry.frames += FRAMES_A_STEP;
      entry.level = entry.level * FORMER + rms * (1 - FORMER);
    }
  }
}
