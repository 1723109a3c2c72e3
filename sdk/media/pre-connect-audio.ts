/** Pre-connect audio: records what the caller says before the agent can hear it, and sends it when the agent can. */
import type { LocalParticipant, RemoteParticipant } from './livekit.js';

/** LiveKit's topic for pre-connect audio, which its agents know. */
const TOPIC = 'lk.agent.pre-connect-audio-buffer';
const RATE = 16_000;
/** How much is kept: agents take no more than 256 KiB. */
const KEPT_MS = 8000;
/** The agent has joined by then, or never will. */
const GIVE_UP_MS = 20_000;
const SLICE_MS = 100;
/** Samples below this amplitude are silence. */
const AUDIBLE = 0.01;
const LEAD_MS = 300;

/** A recording of one microphone track. */
export class PreConnectAudio {
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

  /** Starts recording; `null` where the browser cannot record. */
  static record(track: MediaStreamTrack): PreConnectAudio | null {
    if (typeof MediaRecorder === 'undefined' || typeof OfflineAudioContext === 'undefined') {
      return null;
    }
    try {
      return new PreConnectAudio(new MediaRecorder(new MediaStream([track])));
    } catch {
      return null;
    }
  }

  /** Whether nothing was said up to now; where that cannot be told, something was. Never rejects. */
  async isQuiet(): Promise<boolean> {
    try {
      await this.#written();
      return (await wordsOf(new Blob(this.#pieces), Infinity)).length === 0;
    } catch {
      return false;
    }
  }

  /** The agent has subscribed to the track: unless it announces when it can hear, it can from now on. */
  subscribed(): void {
    this.#subscribedAfterMs = performance.now() - this.#begun;
  }

  /**
   * Ends the recording and sends it to the agent; an empty one when nothing was said, since the agent waits for it.
   * `whole`: the agent can hear already, and removes what it has heard twice. Never rejects.
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
      // The agent starts without it after a moment.
    }
  }

  /** Drops the recording. */
  discard(): void {
    void this.#stop().then(() => (this.#pieces.length = 0));
  }

  /** What was recorded so far is among the pieces. */
  #written(): Promise<void> {
    return new Promise((resolve) => {
      this.#recorder.addEventListener('dataavailable', () => resolve(), { once: true });
      this.#recorder.requestData();
    });
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

/** 16-bit samples from shortly before the first sound up to `untilMs`, at 16 kHz. */
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
