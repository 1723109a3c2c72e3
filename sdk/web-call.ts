/** The public class of the SDK: the calls of one visitor to one agent, without a user interface. */
import { checkFeedback, checkListener, checkStart } from './check-arguments.js';
import { checkOptions, type CheckedOptions } from './check-options.js';
import { CallDevices } from './call-devices.js';
import { CallMessages } from './call-messages.js';
import { CallWords } from './call-words.js';
import { Emitter } from './emitter.js';
import { CallError } from './error/call-error.js';
import type { AudioDevices, CallEventName, CallEvents, CallListener } from './events.js';
import type { StartOptions, WebCallOptions } from './options.js';
import { browserPorts, type CallPorts } from './ports.js';
import { callErrorOf } from './run/call-error-of.js';
import { CallRun } from './run/call-run.js';
import type { CallSettings } from './run/call-settings.js';
import type { CallSink } from './run/call-sink.js';
import { watchState } from './run/deliver.js';
import { diagnose, type CallDiagnostics } from './run/diagnose.js';
import { keepCall, takeKeptCall, type ResumedCall } from './run/kept-call.js';
import type { AgentState, CallState } from './state/call-state.js';
import { isOver, reduceCall, type CallAction } from './state/reduce-call.js';
import { CallTools } from './tools/call-tools.js';
import type { ClientTool } from './tools/client-tool.js';
import type { TranscriptSegment } from './transcript/transcript-segment.js';

/**
 * A web call to a voice agent. One object makes any number of calls, one after the other.
 *
 * @example
 * const call = new DialNexaWebCall({
 *   apiKey: 'dnx_pk_…',
 *   agentVersionId: 'av_…',
 *   serverUrl: 'https://calls.example.com',
 * });
 * call.on('transcript', ({ role, text }) => console.log(role, text));
 * button.onclick = () => {
 *   const over = ['idle', 'ended', 'failed'].includes(call.state.status);
 *   if (!over) void call.end();
 *   else call.start().catch((error) => alert(`${error.summary} ${error.remedy}`));
 * };
 */
export class DialNexaWebCall {
  readonly #options: CheckedOptions;
  readonly #ports: CallPorts;
  readonly #emitter = new Emitter<CallEvents>();
  readonly #settings: CallSettings;
  readonly #devices: CallDevices;
  readonly #watch = watchState(this, this.#emitter);
  readonly #words = new CallWords((segment) => this.#emitter.emit('transcript', segment));
  readonly #messages = new CallMessages(
    () => this.#run,
    this.#watch,
    (words) => this.#words.type(words),
  );
  readonly #tools = new CallTools(
    () => this.#run?.liveSession,
    this.#watch,
    (event) => this.#emitter.emit('toolsOffered', event),
  );
  #state: CallState = { status: 'idle' };
  #audioBlocked = false;
  #run: CallRun | null = null;
  #starting: Promise<void> | null = null;
  #intentAt: number | null = null;
  /** Whether a call of the page before is asked for, and wanted still. */
  #isResuming = false;
  /** The call of the page before that is taken up, until it is shown. */
  #resumed: ResumedCall | null = null;

  /**
   * `ports` are for tests.
   *
   * @throws {CallError} `invalid_options`, `secret_key_in_page` or `server_url_missing` when the options cannot make a call
   */
  constructor(options: WebCallOptions, ports: Partial<CallPorts> = {}) {
    this.#ports = { ...browserPorts, ...ports };
    const { page, microphone } = this.#ports;
    this.#options = checkOptions(options, {
      locale: page.language(),
      pageUrl: page.address(),
      timeZone: page.timeZone(),
    });
    const { volume = 1, speakerId = null } = this.#options.audio;
    this.#settings = { volume, speakerId, muted: false };
    this.#devices = new CallDevices(microphone, this.#settings, () => this.#run, this.#sink);
  }

  /** The state of the call: see `CallState`. */
  get state(): CallState {
    return this.#state;
  }

  /** The id of the present or last call; `null` before the server has created one. */
  get callId(): string | null {
    return 'callId' in this.#state ? this.#state.callId : null;
  }

  /** Whether the caller is muted. */
  get muted(): boolean {
    return this.#settings.muted;
  }

  /** What the agent is doing; `null` when no agent has joined. */
  get agentState(): AgentState | null {
    return isOver(this.#state) ? null : (this.#run?.agentState ?? null);
  }

  /** Whether the browser needs a click before it plays the agent: see `resumeAudio()`. */
  get audioBlocked(): boolean {
    return this.#audioBlocked;
  }

  /** Milliseconds from media up until now, or until the end; 0 before. By a monotonic clock. */
  get durationMs(): number {
    if ('durationMs' in this.#state) return this.#state.durationMs;
    return this.#run?.durationMs ?? 0;
  }

  /** The conversation so far, in order. Kept after the end, until the next start. */
  get transcript(): readonly TranscriptSegment[] {
    return this.#words.segments;
  }

  /**
   * Starts a call and resolves when its media is up. While a call is under way it returns that
   * call's promise.
   *
   * @throws {CallError} with code `aborted` when `signal` or `end()` gave the start up, `invalid_options` for other options,
   *   else with what broke
   */
  start(options: StartOptions = {}): Promise<void> {
    try {
      return this.#begin(checkStart(options), null);
    } catch (error) {
      return Promise.reject(callErrorOf(error));
    }
  }

  /**
   * Takes up the call that the page before has left, where the options of both say `resume`: the same call, with its words
   * so far, told again by `transcript`. Resolves with `true` when its media is up again, with `false` when there is none. A
   * microphone that was muted is not opened, and a call that is typed only stays so: its agent neither hears nor speaks.
   *
   * @throws {CallError} as `start()`; `network_unreachable` when the server cannot be asked
   */
  async resume(options: StartOptions = {}): Promise<boolean> {
    const given = checkStart(options);
    if (this.#run && !this.#run.closing) return false;
    this.#isResuming = true;
    const kept = await takeKeptCall(this.#ports.page, this.#options, () => this.#isResuming);
    if (!kept) return false;
    const microphone = !given.textOnly && !kept.muted;
    const typed = kept.textOnly && { textOnly: true, microphone: false };
    await this.#begin({ microphone, ...given, ...typed }, kept);
    return true;
  }

  #begin(options: StartOptions, resumed: ResumedCall | null): Promise<void> {
    const { textOnly = false, microphone = !textOnly, signal } = options;
    this.#isResuming = false;
    if (this.#starting && this.#run && !this.#run.closing) return this.#starting;
    // Resolves when that call has released everything, and every one before it too.
    const gone = this.#run?.close({ kind: 'hung_up' });
    const before = gone ? { gone, over: this.#run?.over ?? true } : null;
    this.#settings.muted = microphone === false;
    this.#run = new CallRun(
      this.#options,
      this.#ports,
      this.#sink,
      this.#settings,
      (cause) => this.#devices.announce(cause),
      before,
      this.#intentAt,
    );
    this.#intentAt = null;
    this.#resumed = resumed;
    this.#starting = this.#run.start({ microphone, textOnly, signal, resumed });
    return this.#starting;
  }

  /** Ends the call. Allowed in every state, any number of times; resolves when everything is released. */
  async end(): Promise<void> {
    this.#isResuming = false;
    await this.#run?.close({ kind: 'hung_up' });
  }

  /**
   * Stops sending the caller's voice, at once, also while an `unmute()` is still under way.
   *
   * @throws {CallError} `not_active` without a call; `microphone_failed` when the agent cannot be told: the caller is silent then, too
   */
  async mute(): Promise<void> {
    await this.#devices.setMuted(true);
  }

  /**
   * Sends the caller's voice again; opens the microphone if the call was started without or has lost it. A later
   * `mute()` wins.
   *
   * @throws {CallError} `not_active` without a call; `invalid_options` in one that is typed only (`textOnly`); `microphone_…` when
   *   it cannot be opened: the caller stays muted then
   */
  async unmute(): Promise<void> {
    await this.#devices.setMuted(false);
  }

  /**
   * Says something to the agent in writing, at most 2,000 characters. Waits for an agent that is not there yet, and resolves
   * when the agent has taken it; an agent that does not say so (not every LiveKit agent does) must be there and is sent it.
   *
   * @throws {CallError} `not_active` before media is up; `invalid_options` for an empty text, or none; `text_not_sent`, with the
   *   `reason` where it is not the connection
   */
  async sendText(text: string): Promise<void> {
    await this.#messages.text(text);
  }

  /**
   * Lets the agent know something for its next answer, such as what the visitor looks at, at most 2,000 characters. Nothing is
   * answered to it, and no word of it is in the transcript. Waits for the agent as `sendText()` does, within limits of its own
   * that are the same.
   *
   * @throws {CallError} `not_active` before media is up; `invalid_options` for an empty text, or none; `text_not_sent`, also to an
   *   agent that takes no context
   */
  async sendContext(text: string): Promise<void> {
    await this.#messages.context(text);
  }

  /**
   * Presses keys: 1 to 32 of `0`–`9`, `*`, `#` and `A`–`D`. The agent takes what is pressed in one go as if “pressed 1 2 #”
   * had been typed.
   *
   * @throws {CallError} `not_active` before media is up; `invalid_options` for other keys; `text_not_sent`
   */
  async sendDigits(digits: string): Promise<void> {
    await this.#messages.digits(digits);
  }

  /**
   * Offers the agent a function of the page, in this call and later ones; returns a function that takes it back. One of the same
   * name takes the place of the former. The version must allow it: see `toolsOffered`.
   *
   * @throws {CallError} `invalid_options`
   */
  registerTool(tool: ClientTool): () => void {
    return this.#tools.register(tool);
  }

  /**
   * Tells the agent that the caller is typing, so that it does not take silence for absence. Call it for every key: only
   * one signal in three seconds goes out. Does nothing without a call.
   */
  typing(): void {
    this.#messages.typing();
  }

  /**
   * Tells what the caller thinks of the present or last call, until one hour after its end: `rating` from 1 (bad) to 5
   * (good), and a comment of at most 2,000 characters. The last word counts.
   *
   * @throws {CallError} `invalid_options` for anything else; `not_active` without a call; `call_already_ended` when its end is too
   *   long ago
   */
  async rate(rating: number, comment?: string): Promise<void> {
    const feedback = checkFeedback(rating, comment);
    if (!this.#run) throw CallError.notActive('rate');
    await this.#run.rate(feedback);
  }

  /**
   * Facts for whoever looks for a fault of the present or last call, to be copied into a report: no key, token or word, and no
   * name of a device. Never rejects.
   */
  diagnostics(): Promise<CallDiagnostics> {
    return diagnose({
      options: this.#options,
      settings: this.#settings,
      state: this.#state,
      seen: this.#run?.seen ?? null,
      devices: () => this.devices(),
    });
  }

  /**
   * The audio devices of this machine. Labels are empty until the microphone was allowed.
   *
   * @throws {CallError} `microphone_failed` when the browser does not tell
   */
  devices(): Promise<AudioDevices> {
    return this.#devices.list();
  }

  /**
   * Uses another microphone, now and in later calls. A call without one opens it with `unmute()`.
   *
   * @throws {CallError} `microphone_…` when it cannot be opened: the present one stays in use then; `invalid_options`
   */
  async setMicrophone(deviceId: string): Promise<void> {
    await this.#devices.setMicrophone(deviceId, () => {
      this.#options.audio = { ...this.#options.audio, deviceId };
    });
  }

  /**
   * Plays the agent on another speaker, where the browser can.
   *
   * @throws {CallError} `speaker_unsupported`; `invalid_options` for what is no id
   */
  async setSpeaker(deviceId: string): Promise<void> {
    await this.#devices.setSpeaker(deviceId);
  }

  /**
   * Loudness of the agent, 0 to 1.
   *
   * @throws {CallError} `invalid_options` for anything else
   */
  setVolume(volume: number): void {
    this.#devices.setVolume(volume);
  }

  /**
   * Lets the browser play the agent. Call it from a click while `audioBlocked` is true.
   *
   * @throws {CallError} `audio_blocked` when it still refuses
   */
  async resumeAudio(): Promise<void> {
    try {
      await this.#run?.resumeAudio();
    } catch (cause) {
      throw new CallError('audio_blocked', { cause });
    }
  }

  /** Loads the media code ahead of a call. Opens no microphone, calls nobody, never rejects. */
  async warmUp(): Promise<void> {
    this.#intentAt = performance.now();
    this.#ports.page.preconnect(this.#options.serverUrl);
    await this.#ports.loadMedia().catch(() => {});
  }

  /**
   * Adds a listener; returns a function that removes it.
   *
   * @throws {CallError} `invalid_options` for another event, or what is no function
   */
  on<Name extends CallEventName>(name: Name, listener: CallListener<Name>): () => void {
    checkListener('on', name, listener);
    return this.#emitter.on(name, listener);
  }

  /**
   * Adds a listener for one event; returns a function that removes it.
   *
   * @throws {CallError} `invalid_options` as `on()`
   */
  once<Name extends CallEventName>(name: Name, listener: CallListener<Name>): () => void {
    checkListener('once', name, listener);
    return this.#emitter.once(name, listener);
  }

  /** Removes a listener. */
  off<Name extends CallEventName>(name: Name, listener: CallListener<Name>): void {
    this.#emitter.off(name, listener);
  }

  readonly #sink: CallSink = {
    dispatch: (action) => this.#dispatch(action),
    emit: (name, payload) => {
      if (name === 'audioBlocked' && 'blocked' in payload) {
        this.#setAudioBlocked(payload.blocked);
        return;
      }
      if (name === 'ended') {
        this.#words.close();
        this.#setAudioBlocked(false);
      }
      this.#emitter.emit(name, payload);
    },
    transcript: (piece) => this.#words.take(piece),
    tool: (name) => this.#tools.find(name),
    leave: (call) => keepCall(this.#ports.page, this.#options, call, this.transcript),
  };

  #setAudioBlocked(blocked: boolean): void {
    if (blocked === this.#audioBlocked) return;
    this.#audioBlocked = blocked;
    this.#emitter.emit('audioBlocked', { blocked });
  }

  #dispatch(action: CallAction): void {
    const previous = this.#state;
    this.#state = Object.freeze(reduceCall(previous, action));
    if (this.#state === previous) return;
    const isBegun = action.type === 'started';
    if (isBegun) this.#words.begin(this.#resumed?.segments);
    this.#emitter.emit('stateChange', { state: this.#state, previous });
    if (isBegun) this.#words.retell();
  }
}
