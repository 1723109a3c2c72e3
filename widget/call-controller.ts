/**
 * Binds one call of the SDK to a Lit element: passes state down and requests up, and ends the call when the element is
 * removed.
 */
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import {
  CallError,
  type CallEvents,
  type CallState,
  type ClientTool,
  type StartOptions,
  type TranscriptSegment,
  type WebCallOptions,
} from '../sdk/index.js';
import { isLive, isOver } from '../sdk/state/reduce-call.js';
import type { CallFactory, CallPort } from './call-port.js';
import { SilenceWatch } from './silence-watch.js';

/** How the controller makes a call, and where it reports to. */
export interface CallBinding {
  /** The options of the next call, as the page has set them now. Throws `CallError` when they cannot make one. */
  options(): WebCallOptions;
  factory(): CallFactory;
  /** What the page offers now. */
  tools(): ReadonlySet<ClientTool>;
  /** Tells the page what a call reports, from now on; returns functions that end this. */
  tell(call: CallPort): (() => void)[];
  levelled(levels: CallEvents['audioLevel']): void;
  devicesChanged(devices: CallEvents['deviceChange']): void;
  /** Something is wrong that is no error: the browser blocks sound, or the microphone gives nothing but silence. */
  missing(what: 'sound' | 'voice'): void;
  failed(error: CallError): void;
  ended(end: CallEvents['ended']): void;
}

/** A Lit host that is an element. */
type CallHost = ReactiveControllerHost & { readonly isConnected: boolean };

/** Adds to the options of the page what a visitor has answered. */
export type Complete = (options: WebCallOptions) => WebCallOptions;

const IDLE: CallState = { status: 'idle' };

/**
 * Owns the call object: makes it from the options of the element, replaces it when these change, ends it on removal.
 */
export class CallController implements ReactiveController {
  readonly #host: CallHost;
  readonly #binding: CallBinding;
  #call: CallPort | null = null;
  #madeFrom: { options: string; factory: CallFactory } | null = null;
  #stops: (() => void)[] = [];
  readonly #offered = new Map<ClientTool, () => void>();
  #tick: ReturnType<typeof setInterval> | undefined;
  readonly #silence = new SilenceWatch();
  #warm = false;
  /** A call that is about to be taken up may not be live yet. */
  #isResuming = false;
  /** Why the options cannot make a call; `null`: they can. */
  problem: CallError | null = null;
  /** The last error that did not end the call; `null`: none. */
  notice: CallError | null = null;

  constructor(host: CallHost, binding: CallBinding) {
    this.#host = host;
    this.#binding = binding;
    host.addController(this);
  }

  /** The state of the call. */
  get state(): CallState {
    return this.#call?.state ?? IDLE;
  }

  /** The conversation so far. */
  get transcript(): readonly TranscriptSegment[] {
    return this.#call?.transcript ?? [];
  }

  /** Milliseconds from media up until now, or until the end. */
  get durationMs(): number {
    return this.#call?.durationMs ?? 0;
  }

  /** Whether the microphone is muted. */
  get muted(): boolean {
    return this.#call?.muted ?? false;
  }

  /** Whether the browser needs a click before it plays sound. */
  get audioBlocked(): boolean {
    return this.#call?.audioBlocked ?? false;
  }

  /** Whether a call is in progress. */
  get live(): boolean {
    return !isOver(this.state);
  }

  /** Whether nothing is heard of a visitor who should have spoken: not of one who types. */
  get isSilent(): boolean {
    return this.#silence.isSilent && this.transcript.every(({ role }) => role === 'agent');
  }

  hostConnected(): void {
    this.#host.requestUpdate();
  }

  hostDisconnected(): void {
    // Moving an element disconnects and connects it at once. The call ends when it stays disconnected.
    queueMicrotask(() => {
      if (!this.#host.isConnected) this.#drop();
    });
  }

  /** Not called during server-side rendering. */
  hostUpdate(): void {
    // An ended call stays visible until the next start.
    if (this.state.status === 'idle' && this.#host.isConnected) this.#make();
  }

  /** Starts a call. Failures are reported by state and events, never thrown. */
  async start(complete?: Complete, how?: StartOptions): Promise<void> {
    if (!this.live) this.#make(complete);
    this.#silence.reset();
    this.notice = null;
    this.#host.requestUpdate();
    if (!this.#call && this.problem) this.#binding.failed(this.problem);
    this.#warm = true;
    try {
      await this.#call?.start(how);
    } catch {
      // The call has reported the failure already.
    }
  }

  /** Takes up the call that the page before has left; nothing happens where there is none. */
  async resume(): Promise<void> {
    if (this.live) return;
    this.#make();
    this.#isResuming = true;
    try {
      await this.#call?.resume();
    } catch {
      // The call has reported the failure already.
    }
    this.#isResuming = false;
  }

  /** Ends the call, in every state. */
  async end(): Promise<void> {
    await this.#call?.end();
  }

  /** Mutes or unmutes the microphone. */
  async setMuted(muted: boolean): Promise<void> {
    await this.ask((call) => (muted ? call.mute() : call.unmute()));
  }

  /** Tells the agent that the visitor is typing. */
  typing(): void {
    this.#call?.typing();
  }

  /** Lets the browser play sound. To be called from a click. */
  async resumeAudio(): Promise<void> {
    await this.ask((call) => call.resumeAudio());
  }

  /** The facts of the present or last call, as text. */
  async facts(): Promise<string> {
    return JSON.stringify(await this.#call?.diagnostics(), null, 2);
  }

  /** Loads the media code, once. */
  warmUp(): void {
    if (this.#warm || !this.#call) return;
    this.#warm = true;
    void this.#call.warmUp();
  }

  /** Offers the agent what the page offers now. */
  offer(): void {
    const call = this.#call;
    const wanted = this.#binding.tools();
    for (const [tool, takeBack] of this.#offered) {
      if (wanted.has(tool)) continue;
      takeBack();
      this.#offered.delete(tool);
    }
    for (const tool of wanted) {
      if (!call || this.#offered.has(tool)) continue;
      try {
        this.#offered.set(tool, call.registerTool(tool));
      } catch (error) {
        // For the developer of the page: the visitor can do nothing about it.
        this.#binding.failed(callError(error));
      }
    }
  }

  #make(complete: Complete = (options) => options): void {
    const factory = this.#binding.factory();
    try {
      const options = complete(this.#binding.options());
      const key = JSON.stringify(options);
      if (this.#madeFrom?.options === key && this.#madeFrom.factory === factory) return;
      this.#drop();
      this.#call = factory(options);
      this.#madeFrom = { options: key, factory };
      this.#warm = false;
      this.problem = null;
      this.#listen(this.#call);
      this.offer();
    } catch (error) {
      this.#drop();
      this.problem = callError(error);
    }
  }

  #listen(call: CallPort): void {
    const binding = this.#binding;
    const update = (): void => this.#host.requestUpdate();
    this.#stops = [
      call.on('stateChange', () => this.#watchClock()),
      ...(
        ['stateChange', 'transcript', 'agentState', 'muted', 'audioBlocked', 'ended'] as const
      ).map((name) => call.on(name, update)),
      call.on('audioLevel', (levels) => {
        this.#listenFor(levels.user);
        binding.levelled(levels);
      }),
      call.on('deviceChange', (devices) => {
        if (devices.cause === 'microphone_changed') this.#silence.reset();
        binding.devicesChanged(devices);
      }),
      call.on('audioBlocked', ({ blocked }) => {
        if (blocked) binding.missing('sound');
      }),
      ...binding.tell(call),
      call.on('error', (error) => this.#failed(error)),
      call.on('ended', (end) => binding.ended(end)),
    ];
  }

  /** Asks the call for something; resolves with whether it was done. What prevents it is reported. */
  async ask(request: (call: CallPort) => Promise<void>): Promise<boolean> {
    if (!this.#call) return false;
    try {
      await request(this.#call);
      this.notice = null;
      return true;
    } catch (error) {
      this.#failed(callError(error));
      return false;
    } finally {
      this.#host.requestUpdate();
    }
  }

  #failed(error: CallError): void {
    this.notice = error;
    this.#host.requestUpdate();
    this.#binding.failed(error);
  }

  #listenFor(level: number): void {
    const { state, muted } = this;
    const isExpected = state.status === 'active' && state.agentState === 'listening' && !muted;
    if (!this.#silence.take(level, isExpected, performance.now())) return;
    this.#host.requestUpdate();
    if (this.isSilent) this.#binding.missing('voice');
  }

  /** Redraws every second while a call is in progress, for its duration. */
  #watchClock(): void {
    clearInterval(this.#tick);
    this.#tick = undefined;
    if (isLive(this.state)) {
      this.#tick = setInterval(() => this.#host.requestUpdate(), 1000);
    }
  }

  #drop(): void {
    const call = this.#call;
    const live = this.live || this.#isResuming;
    clearInterval(this.#tick);
    for (const stop of this.#stops) stop();
    this.#stops = [];
    this.#offered.clear();
    this.#call = null;
    this.#madeFrom = null;
    this.notice = null;
    if (!call || !live) return;
    call.on('ended', (end) => this.#binding.ended(end));
    void call.end();
  }
}

function callError(error: unknown): CallError {
  if (error instanceof CallError) return error;
  return new CallError('invalid_options', { message: String(error), cause: error });
}
