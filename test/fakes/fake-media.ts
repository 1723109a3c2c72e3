/** A media engine without a network. */
import type {
  DisconnectCause,
  MediaConnectFailure,
  MediaEngine,
  MediaGrant,
  MediaListener,
  MediaSession,
  OpenMicrophone,
} from '../../sdk/media/media-port.js';
import type { ClientConnection } from '../../sdk/wire/call.js';
import { ticks } from '../support/ticks.js';

/** One stay in a room, driven by the test. */
export class FakeSession implements MediaSession {
  readonly listener: MediaListener;
  readonly #media: FakeMedia;
  figures: ClientConnection | null;
  readonly sid = 'PA_fake';
  readonly sent: string[] = [];
  /** What the next `sendText()` fails with. */
  textFailure: Error | null = null;
  /** Signals that somebody types. */
  typings = 0;
  grant: MediaGrant | null = null;
  microphone: MediaStreamTrack | null = null;
  muted = false;
  /** Whether the microphone was muted as it was published; `null` without one. */
  publishedMuted: boolean | null = null;
  volume = 1;
  speaker: string | null = null;
  joined = false;
  left = false;

  constructor(listener: MediaListener, media: FakeMedia) {
    this.listener = listener;
    this.#media = media;
    this.figures = media.figures;
  }

  async connect(grant: MediaGrant, microphone: Promise<OpenMicrophone | null>): Promise<void> {
    this.grant = grant;
    microphone.catch(() => undefined);
    await ticks(this.#media.delay);
    const failure = this.#media.failures.shift();
    if (failure) throw failure;
    if (this.left) throw connectFailure('unreachable');
    this.listener.reached('signal');
    this.listener.reached('ice');
    this.joined = true;
    const open = await microphone;
    this.publishedMuted = open?.muted ?? null;
    this.microphone = open?.track ?? null;
    this.muted = open?.muted ?? false;
  }

  /** Left without a word, so that the caller may return. */
  mayReturn = false;

  async disconnect(mayReturn = false): Promise<void> {
    this.mayReturn ||= mayReturn && !this.left;
    this.left = true;
    await ticks(1);
    this.joined = false;
  }

  async setMuted(muted: boolean): Promise<void> {
    await ticks(1);
    this.muted = muted;
  }

  async setMicrophone(track: MediaStreamTrack, muted: boolean): Promise<void> {
    await ticks(1);
    this.microphone = track;
    this.muted = muted;
  }

  /** Whether an agent on its way in takes texts already. */
  takesEarlyTexts = false;

  async sendText(text: string, isReady: boolean): Promise<boolean> {
    await ticks(1);
    if (!isReady && !this.takesEarlyTexts) return false;
    const failure = this.textFailure;
    this.textFailure = null;
    if (failure) throw failure;
    this.sent.push(text);
    return true;
  }

  /** What `ask()` was given, what it answers, and what it fails with next. */
  readonly asked: { what: string; payload: string }[] = [];
  answer = '{"refused":[]}';
  askFailure: Error | null = null;

  async ask(what: 'context' | 'tools', payload: string, isReady: boolean): Promise<string | null> {
    await ticks(1);
    if (!isReady && !this.takesEarlyTexts) return null;
    const failure = this.askFailure;
    this.askFailure = null;
    if (failure) throw failure;
    this.asked.push({ what, payload });
    return this.answer;
  }

  pressed = '';

  async sendDigits(digits: string): Promise<void> {
    await ticks(1);
    this.pressed += digits;
  }

  tellTyping(): void {
    this.typings += 1;
  }

  setVolume(volume: number): void {
    this.volume = volume;
  }

  async setSpeaker(deviceId: string): Promise<void> {
    await ticks(1);
    this.speaker = deviceId;
  }

  async resumeAudio(): Promise<void> {
    await ticks(1);
    this.listener.playbackBlocked(false);
  }

  /** The room is gone from under the caller. */
  drop(cause: DisconnectCause): void {
    this.left = true;
    this.joined = false;
    this.listener.disconnected(cause);
  }
}

/** `MediaEngine` for tests. */
export class FakeMedia implements MediaEngine {
  readonly sessions: FakeSession[] = [];
  /** What the next connects fail with. */
  readonly failures: Error[] = [];
  /** What its sessions measure. */
  figures: ClientConnection | null = null;
  delay = 4;
  supported = true;

  isSupported(): boolean {
    return this.supported;
  }

  createSession(listener: MediaListener): FakeSession {
    const session = new FakeSession(listener, this);
    this.sessions.push(session);
    return session;
  }

  get last(): FakeSession {
    const session = this.sessions.at(-1);
    if (!session) throw new Error('no session was made');
    return session;
  }

  get open(): FakeSession[] {
    return this.sessions.filter((session) => session.joined || !session.left);
  }
}

/** What a real engine rejects with. */
export function connectFailure(kind: MediaConnectFailure['kind']): Error & MediaConnectFailure {
  return Object.assign(new Error(kind), { name: 'MediaConnectError' as const, kind });
}
