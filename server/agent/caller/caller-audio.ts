/** The caller's sound, from the first word on: once for the session and for the recording. */
import { ReadableStream } from 'node:stream/web';
import { voice } from '@livekit/agents';
import { AudioFrame, AudioStream, RoomEvent, TrackSource } from '@livekit/rtc-node';
import type {
  RemoteParticipant,
  RemoteTrack,
  RemoteTrackPublication,
  Room,
} from '@livekit/rtc-node';
import { receiveEarly } from './early-buffer.js';
import type { EarlyBuffer } from './early-buffer.js';
import { findVoice } from './find-voice.js';
import type { Voice } from './find-voice.js';
import { onCallerPacket } from './on-caller-packet.js';
import { overlapOf } from './overlap-of.js';
import { tellCaller } from './tell-caller.js';

/** Of every frame, in Hz, one channel. */
export const CALLER_RATE = 16_000;
/** Held while nobody listens. */
const HELD_MS = 8_000;
/** The page's own recording is waited for so long, once the page has been told that the caller is heard. */
const PATIENCE_MS = 1_500;
/** A connection that takes longer to bring sound is not waited for. */
const MOST_PATIENCE_MS = 4_000;
const AGAIN_MS = 200;
/** The page's word that nothing was said is this old at the most; what was said since is heard, and recorded. */
const NEWS_MS = 500;
const FRAME_MS = 20;
const HEARING_TOPIC = 'dialnexa.hearing';
const QUIET_TOPIC = 'dialnexa.quiet';
/** A microphone that sends nothing but zeros is heard all the same. */
const NOTHING_MS = 400;

/** A sound, and when its first sample was heard, in milliseconds of this clock. */
export interface Sound {
  at: number;
  frame: AudioFrame;
}

/** What was heard before anybody listened. */
export interface EarlySound {
  /** When it begins; now, when there is none. */
  since: number;
  voice: Voice | null;
}

/** Opens the caller's microphone as soon as it is there. Hand it to the session before that starts. */
export class CallerAudio extends voice.AudioInput {
  readonly #room: Room;
  readonly #identity: string;
  readonly #buffer: EarlyBuffer;
  /** Ends the listening for the page's word. */
  readonly #deaf: () => void;
  #frames!: ReadableStreamDefaultController<AudioFrame>;
  #stream: AudioStream | null = null;
  #held: Sound[] | null = [];
  #isAttached = true;
  #isOver = false;
  #listener: ((sound: Sound) => void) | null = null;
  #changed: () => void = () => {};
  #firstAt: number | undefined;
  #toldAt: number | undefined;
  #saysNothing: () => void = () => {};
  readonly #quiet = new Promise<void>((resolve) => (this.#saysNothing = resolve));
  #arriving: Promise<void> | null = null;
  /** Nothing more is waited for. */
  #isComplete = false;

  /** Make it before the room is joined. */
  constructor(room: Room, callerIdentity: string) {
    super();
    this.#room = room;
    this.#identity = callerIdentity;
    this.#buffer = receiveEarly(room, callerIdentity, CALLER_RATE, () => this.#changed());
    this.multiStream.addInputStream(
      new ReadableStream<AudioFrame>({ start: (frames) => void (this.#frames = frames) }),
    );
    room.on(RoomEvent.TrackSubscribed, this.#take);
    this.#deaf = onCallerPacket(room, callerIdentity, QUIET_TOPIC, () => this.#saysNothing());
  }

  /** Waits a moment for what the page recorded, unless that is nothing, and tells what was heard so far. */
  async early(): Promise<EarlySound> {
    await Promise.race([this.whole, this.#quiet]);
    // Somebody has begun to speak since the page said that nobody had.
    if (!this.#isComplete && findVoice(this.#held ?? [])) await this.whole;
    const now = Date.now();
    const since = this.#held?.[0]?.at ?? now;
    if (this.#isComplete) return { since, voice: findVoice(this.#held ?? []) };
    return { since: Math.min(since, now - NEWS_MS), voice: null };
  }

  /** Resolves when nothing that was said before is waited for any more. */
  get whole(): Promise<void> {
    return (this.#arriving ??= this.#arrival());
  }

  /**
   * The session hears, first what was held, and so does the listener: at once, or when what the page recorded has come. `late` is told
   * before if there is a voice in that: it began before, or as, the session did.
   */
  open(listener: ((sound: Sound) => void) | null, late: () => void): void {
    this.#listener = listener;
    if (this.#isComplete) {
      this.#release();
      return;
    }
    void this.whole.then(() => {
      if (findVoice(this.#held ?? [])) late();
      this.#release();
    });
  }

  override setAttached(attached: boolean): void {
    this.#isAttached = attached;
  }

  override async close(): Promise<void> {
    this.stop();
    await super.close();
  }

  /** Nothing is heard any more. */
  stop(): void {
    this.#isOver = true;
    this.#held = null;
    this.#listener = null;
    this.#room.off(RoomEvent.TrackSubscribed, this.#take);
    this.#deaf();
    void this.#stream?.cancel().catch(() => undefined);
  }

  readonly #take = (
    track: RemoteTrack,
    { source }: RemoteTrackPublication,
    { identity }: RemoteParticipant,
  ): void => {
    if (identity !== this.#identity || source !== TrackSource.SOURCE_MICROPHONE) return;
    void this.#stream?.cancel().catch(() => undefined);
    this.#stream = new AudioStream(track, CALLER_RATE, 1);
    void this.#read(this.#stream);
  };

  async #read(stream: AudioStream): Promise<void> {
    try {
      for await (const frame of stream) {
        if (this.#isOver || stream !== this.#stream) return;
        const ms = (frame.samplesPerChannel / frame.sampleRate) * 1000;
        this.#hear({ at: Date.now() - ms, frame });
      }
    } catch {
      // It was put aside for another one, or the room is gone.
    }
  }

  #hear(sound: Sound): void {
    this.#tellHearing(sound);
    if (!this.#held) return this.#pass(sound);
    this.#held.push(sound);
    while ((this.#held[0]?.at ?? Infinity) < sound.at - HELD_MS) this.#held.shift();
  }

  /** Once sound comes in, the page can stop recording. Before the first packet there are frames of nothing. */
  #tellHearing({ at, frame }: Sound): void {
    if (this.#toldAt !== undefined) return;
    this.#firstAt ??= at;
    if (isNothing(frame) && at < this.#firstAt + NOTHING_MS) return;
    this.#toldAt = Date.now();
    this.#tellPage();
    this.#changed();
  }

  #tellPage(): void {
    tellCaller(this.#room, this.#identity, HEARING_TOPIC, new Uint8Array(1));
  }

  #pass(sound: Sound): void {
    if (this.#isOver) return;
    if (this.#isAttached) this.#frames.enqueue(sound.frame);
    this.#listener?.(sound);
  }

  #isDue(): boolean {
    if (this.#isOver) return false;
    const tracks = this.#room.remoteParticipants.get(this.#identity)?.trackPublications.values();
    return [...(tracks ?? [])].some((one) => this.#buffer.isDue(one));
  }

  async #arrival(): Promise<void> {
    const begunAt = Date.now();
    const latest = begunAt + MOST_PATIENCE_MS;
    const leftMs = (): number =>
      Math.min(latest, Math.max(begunAt, this.#toldAt ?? latest) + PATIENCE_MS) - Date.now();
    while (this.#isDue() && leftMs() > 0) {
      // Again and again: a page that does not know yet who speaks to it hears nothing.
      if (this.#toldAt !== undefined) this.#tellPage();
      await this.#change(Math.min(leftMs(), AGAIN_MS));
    }
    if (this.#held) this.#held = joined(this.#buffer.samples(), this.#held);
    this.#isComplete = true;
  }

  #release(): void {
    const held = this.#held ?? [];
    this.#held = null;
    for (const sound of held) this.#pass(sound);
  }

  async #change(mostMs: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      this.#changed = resolve;
      timer = setTimeout(resolve, mostMs);
    });
    clearTimeout(timer);
  }
}

/** What the page recorded, up to where the live sound repeats it, and the live sound. */
function joined(early: Int16Array | null, held: Sound[]): Sound[] {
  if (!early?.length) return held;
  const first = held.findIndex(({ frame }) => !isNothing(frame));
  const live = held.slice(Math.max(0, first));
  const repeated = overlapOf(early, samplesOf(live));
  const end = live[0]?.at ?? Date.now();
  return [...framesOf(early.subarray(0, early.length - repeated), end), ...live];
}

/** Cut so that they end where what was heard live begins. */
function framesOf(samples: Int16Array, end: number): Sound[] {
  const size = (FRAME_MS / 1000) * CALLER_RATE;
  const begin = end - (samples.length / CALLER_RATE) * 1000;
  const sounds: Sound[] = [];
  for (let at = 0; at < samples.length; at += size) {
    const data = samples.slice(at, at + size);
    const frame = new AudioFrame(data, CALLER_RATE, 1, data.length);
    sounds.push({ at: begin + (at / CALLER_RATE) * 1000, frame });
  }
  return sounds;
}

function samplesOf(sounds: readonly Sound[]): Int16Array {
  return Int16Array.from(sounds.flatMap(({ frame }) => [...frame.data]));
}

function isNothing(frame: AudioFrame): boolean {
  return frame.data.every((sample) => sample === 0);
}
