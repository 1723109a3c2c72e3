/** A caller made of the unmodified @livekit/rtc-node, who says WAV files into the room. */
import { readFileSync } from 'node:fs';
import {
  AudioFrame,
  AudioSource,
  AudioStream,
  LocalAudioTrack,
  Room,
  RoomEvent,
  RpcError,
  TrackPublishOptions,
  TrackSource,
} from '@livekit/rtc-node';
import type { LocalTrackPublication, RemoteTrack } from '@livekit/rtc-node';
import { waitFor } from '../../support/wait-for.js';
import { joinToken } from '../../conformance/support/tokens.js';

const RATE = 16_000;
const FRAME = RATE / 100;
const WAV_HEADER = 44;
const LOUD = 300;
const TRANSCRIPTION = 'lk.transcription';

/** What a caller joins. */
export interface CallAddress {
  url: string;
  roomName: string;
  callId: string;
}

/** One caller in one call. */
export class SpokenCaller {
  readonly room = new Room();
  /** When the agent was heard, every 10 ms of sound, in milliseconds of this clock. */
  readonly heard: number[] = [];
  /** The agent's states in order, with the time of each. */
  readonly states: { state: string; at: number }[] = [];
  /** The topic of everything that came over one of `watched`. */
  readonly told: string[] = [];
  /** Packets of the agent to the page, as topic and JSON. */
  readonly packets: string[] = [];
  /** What the agent's words look like on a page, whole segments only. */
  readonly shown: string[] = [];
  readonly disconnected: Promise<number | undefined>;
  /** What the others have printed, for who asks why something did not come. */
  explain: () => string = () => '';
  readonly #source = new AudioSource(RATE, 1, 200);
  #words: Int16Array[] = [];
  #done: (() => void) | null = null;
  #open = true;
  #published: LocalTrackPublication | undefined;
  #written: Promise<unknown> = Promise.resolve();

  private constructor(watched: readonly string[]) {
    for (const topic of watched) {
      this.room.registerByteStreamHandler(topic, () => void this.told.push(topic));
      this.room.registerTextStreamHandler(topic, () => void this.told.push(topic));
    }
    if (!watched.includes(TRANSCRIPTION)) {
      this.room.registerTextStreamHandler(TRANSCRIPTION, (reader, { identity }) => {
        if (identity === this.room.localParticipant?.identity) return;
        const whole = reader.readAll().then((text) => this.shown.push(text.trim()));
        // What the end of the call cuts off is not whole.
        whole.catch(() => undefined);
      });
    }
    this.room.on(RoomEvent.DataReceived, (data, _from, _kind, topic) => {
      this.told.push(topic ?? '');
      this.packets.push(`${topic ?? ''} ${new TextDecoder().decode(data)}`);
    });
    this.disconnected = new Promise((resolve) =>
      this.room.once(RoomEvent.Disconnected, (reason) => resolve(reason)),
    );
    this.room.on(RoomEvent.TrackSubscribed, (track) => void this.#listen(track));
    this.room.on(RoomEvent.ParticipantAttributesChanged, (changed: Record<string, string>) => {
      const state = changed['lk.agent.state'];
      if (state) this.states.push({ state, at: Date.now() });
    });
  }

  /**
   * Joins with a token that brings the agent. `early` is a file that was said before the agent could hear, or `null` for one
   * that is handed in later; `watched` are topics to listen on from the first moment.
   */
  static async join(
    { url, roomName, callId }: CallAddress,
    {
      early,
      watched = [],
    }: { early?: string | null | undefined; watched?: readonly string[] } = {},
  ): Promise<SpokenCaller> {
    const caller = new SpokenCaller(watched);
    const token = await joinToken(roomName, 'caller', {
      roomConfig: {
        departureTimeout: 1,
        agents: [{ agentName: 'dialnexa', metadata: JSON.stringify({ call_id: callId }) }],
      },
    });
    await caller.room.connect(url, token, { autoSubscribe: true, dynacast: false });
    const track = LocalAudioTrack.createAudioTrack('microphone', caller.#source);
    const options = new TrackPublishOptions({
      source: TrackSource.SOURCE_MICROPHONE,
      preconnectBuffer: early !== undefined,
    });
    caller.#published = await caller.room.localParticipant?.publishTrack(track, options);
    if (early) void caller.handIn(early);
    void caller.#play();
    return caller;
  }

  /**
   * Says a file of test/audio; answers when its last sample has been handed over. `voiceAt` is when its first sound
   * leaves, behind what the source still holds.
   */
  async say(name: string): Promise<{ startedAt: number; voiceAt: number; endedAt: number }> {
    const samples = samplesOf(name);
    const startedAt = Date.now();
    const lead = samples.findIndex((sample) => Math.abs(sample) > LOUD) / (RATE / 1000);
    const voiceAt = startedAt + this.#source.queuedDuration + lead;
    const said = new Promise<void>((resolve) => (this.#done = resolve));
    for (let at = 0; at < samples.length; at += FRAME) {
      this.#words.push(samples.subarray(at, at + FRAME));
    }
    await said;
    return { startedAt, voiceAt, endedAt: Date.now() };
  }

  /** Types instead of speaking. */
  async type(text: string): Promise<void> {
    await this.room.localParticipant?.sendText(text, { topic: 'lk.chat' });
  }

  /**
   * Types as the SDK does, one text after the other, since two on their way may overtake each other. Answers `null` when the agent
   * took it, else why not.
   */
  write(text: string): Promise<string | null> {
    const taken = this.#written.then(() => this.#writeNow(text));
    this.#written = taken.catch(() => undefined);
    return taken;
  }

  async #writeNow(text: string): Promise<string | null> {
    try {
      await this.ask('dialnexa.text', text);
      return null;
    } catch (error) {
      if (error instanceof RpcError && Number(error.code) === 4_100) return error.message;
      throw error;
    }
  }

  /** Calls a method of the agent, as the SDK does. */
  async ask(method: string, payload: string): Promise<string | undefined> {
    const [agent] = [...this.room.remoteParticipants.keys()];
    if (agent === undefined) throw new Error('there is no agent to ask');
    const request = { destinationIdentity: agent, method, payload };
    return this.room.localParticipant?.performRpc(request);
  }

  /** A key of a phone. */
  async press(key: string): Promise<void> {
    await this.room.localParticipant?.publishDtmf('0123456789*#'.indexOf(key), key);
  }

  /** Tells that a key was pressed, as the SDK does. */
  async pressKey(): Promise<void> {
    const options = { topic: 'dialnexa.typing', reliable: true };
    await this.room.localParticipant?.publishData(new Uint8Array(1), options);
  }

  /** Hands in what was said before the agent could hear, once it has subscribed to the microphone, as the SDK does. */
  async handIn(early: string): Promise<void> {
    await this.#published?.waitForSubscription();
    const writer = await this.room.localParticipant?.streamBytes({
      topic: 'lk.agent.pre-connect-audio-buffer',
      mimeType: 'audio/pcm',
      destinationIdentities: [...this.room.remoteParticipants.keys()],
      attributes: {
        trackId: this.#published?.sid ?? '',
        sampleRate: String(RATE),
        channels: '1',
      },
    });
    await writer?.write(new Uint8Array(samplesOf(early).buffer));
    await writer?.close();
  }

  /** Tells an agent, as the SDK does, that nothing was said so far. */
  async tellQuiet(): Promise<void> {
    const options = { topic: 'dialnexa.quiet', reliable: true };
    await this.room.localParticipant?.publishData(new Uint8Array(1), options);
  }

  /** Waits until the agent has entered a state after `since`. */
  async agentIs(state: string, since = 0, timeoutMs = 15_000): Promise<number> {
    const found = waitFor(
      () => this.states.find((seen) => seen.state === state && seen.at >= since),
      { what: `the agent ${state}`, timeoutMs, everyMs: 10 },
    );
    const { at } = await found.catch((cause: unknown) => {
      const seen = {
        states: this.states,
        others: [...this.room.remoteParticipants.keys()],
        isConnected: this.room.isConnected,
      };
      const why = `${String(cause)} ${JSON.stringify(seen)}\n${this.explain()}`;
      throw new Error(why, { cause });
    });
    return at;
  }

  async leave(): Promise<void> {
    this.#open = false;
    await this.room.disconnect();
  }

  async #play(): Promise<void> {
    while (this.#open) {
      const frame = AudioFrame.create(RATE, 1, FRAME);
      const next = this.#words.shift();
      if (next) frame.data.set(next);
      else {
        this.#done?.();
        this.#done = null;
      }
      await this.#source.captureFrame(frame).catch(() => (this.#open = false));
    }
  }

  async #listen(track: RemoteTrack): Promise<void> {
    for await (const frame of new AudioStream(track, RATE, 1)) {
      if (!frame.data.some((sample) => Math.abs(sample) > LOUD)) continue;
      this.heard.push(Date.now());
    }
  }
}

function samplesOf(name: string): Int16Array {
  const file = readFileSync(new URL(`../../audio/${name}.wav`, import.meta.url));
  const bytes = file.subarray(WAV_HEADER);
  const samples = new Int16Array(bytes.length >> 1);
  for (let i = 0; i < samples.length; i += 1) samples[i] = bytes.readInt16LE(i * 2);
  return samples;
}
