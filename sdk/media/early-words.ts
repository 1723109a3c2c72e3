/** What a caller says before the agent can hear it: recorded in the page, handed over when the agent hears by itself. */
import type { LocalParticipant, RemoteParticipant } from './livekit.js';

/** LiveKit's own topic for this, which its agents know. */
const TOPIC = 'lk.agent.pre-connect-audio-buffer';
const RATE = 16_000;
/** What is kept of a longer wait; agents take no more than 256 KiB at once. */
const KEPT_MS = 8000;
/** By then the agent has come, or never comes. */
const GIVE_UP_MS = 20_000;
const SLICE_MS = 100;
/** Quieter than this nobody has said anything. */
const AUDIBLE = 0.01;
const LEAD_MS = 300;

/** One recording of one microphone. A browser that cannot record loses nothing else. */
export class EarlyWords {
  readonly #recorder: MediaRecorder;
  readonly #pieces: Blob[] = [];
  readonly #giveUp: ReturnType<typeof setTimeout>;
  readonly #begun = performance.now();
  #subscribedAfterMs = Infinity;
  #stopped: Promise<void> | null = null;

  private constructor(recorder: MediaRecorder) {
    this.#recorder = recorder;
    recorder.addEventListener('dataavailable', ({ data }) => this.#pieces.push(data));
    recorder.start(SLICE_MS);
    this.#giveUp = setTimeout(() => this.discard(), GIVE_UP_MS);
  }

  /** `null` where the browser cannot record. */
  static record(track: MediaStreamTrack): EarlyWords | null {
    if (typeof MediaRecorder === 'undefined' || typeof OfflineAudioContext === 'undefined') {
      return null;
    }
    try {
      return new EarlyWords(new MediaRecorder(new MediaStream([track])));
    } catch {
      return null;
    }
  }

  /** The agent has subscribed: unless it says when it hears, that is from here on. */
  subscribed(): void {
    this.#subscribedAfterMs = performance.now() - this.#begun;
  }

  /**
   * Ends the recording and hands it to the agent: nothing, when nothing was said. `whole`: the agent hears by now, and
   * cuts off what it hears twice. Never rejects.
   */
  async send(
    me: LocalParticipant,
    agent: RemoteParticipant,
    trackId: string,
    whole: boolean,
  ): Promise<void> {
    try {
      await this.#stop();
      const words = await wordsOf(
        new Blob(this.#pieces),
        whole ? Infinity : this.#subscribedAfterMs,
      );
      this.#pieces.length = 0;
      await agent.waitUntilActive();
      const writer = await me.streamBytes({
        name: 'preconnect-buffer',
        topic: TOPIC,
        mimeType: 'audio/pcm',
        destinationIdentities: [agent.identity],
        attributes: { trackId, sampleRate: String(RATE), channels: '1' },
      });
      if (words.length > 0) await writer.write(new Uint8Array(words.buffer));
      await writer.close();
    } catch {
      // The agent goes on without them after a moment.
    }
  }

  /** Nobody wants it. */
  discard(): void {
    void this.#stop().then(() => (this.#pieces.length = 0));
  }

  #stop(): Promise<void> {
    clearTimeout(this.#giveUp);
    this.#stopped ??= new Promise((resolve) => {
      if (this.#recorder.state === 'inactive') resolve();
      this.#recorder.addEventListener('stop', () => resolve(), { once: true });
      if (this.#recorder.state !== 'inactive') this.#recorder.stop();
    });
    return this.#stopped;
  }
}

/** 16-bit samples from shortly before the first sound on, up to `untilMs`. */
async function wordsOf(recorded: Blob, untilMs: number): Promise<Int16Array<ArrayBuffer>> {
  const context = new OfflineAudioContext(1, 1, RATE);
  const sound = await context.decodeAudioData(await recorded.arrayBuffer());
  const channel = sound.getChannelData(0).subarray(0, (untilMs / 1000) * RATE);
  const kept = channel.subarray(Math.max(0, channel.length - (KEPT_MS / 1000) * RATE));
  const first = kept.findIndex((sample) => Math.abs(sample) > AUDIBLE);
  if (first < 0) return new Int16Array(0);
  const spoken = kept.subarray(Math.max(0, first - (LEAD_MS / 1000) * RATE));
  return Int16Array.from(spoken, (sample) => Math.max(-1, Math.min(1, sample)) * 0x7fff);
}
