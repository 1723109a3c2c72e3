/** A call without a server: tests and pictures move it from state to state by hand. */
import {
  CallError,
  type AgentState,
  type AudioDevices,
  type CallDiagnostics,
  type CallErrorCode,
  type CallEventName,
  type CallEvents,
  type CallListener,
  type CallState,
  type ClientTool,
  type DeviceChangeCause,
  type EndReason,
  type StartOptions,
  type StartStage,
  type TranscriptSegment,
  type WebCallOptions,
} from '../../sdk/index.js';
import type { CallPort } from '../../widget/call-port.js';

type Listeners = { [Name in CallEventName]: Set<CallListener<Name>> };

const CALL_ID = 'call_fake';

/** Behaves as `DialNexaWebCall` does, in what the element uses of it. */
export class FakeCall implements CallPort {
  readonly options: WebCallOptions;
  /** Every request that the element made, in order. */
  readonly asked: string[] = [];
  state: CallState = { status: 'idle' };
  muted = false;
  audioBlocked = false;
  transcript: TranscriptSegment[] = [];
  /** Set it and the next `sendText()` fails with it. */
  textFault: CallError | null = null;
  /** `sendText()` resolves once this has. */
  textTaken: Promise<void> = Promise.resolve();
  /** Set it and the next `rate()` fails with it. */
  ratingFault: CallError | null = null;
  /** The devices of the machine. */
  plugged: AudioDevices = { microphones: [], speakers: [], microphoneId: null, speakerId: null };
  readonly #listeners: Listeners = {
    stateChange: new Set(),
    transcript: new Set(),
    agentState: new Set(),
    audioLevel: new Set(),
    muted: new Set(),
    audioBlocked: new Set(),
    deviceChange: new Set(),
    timing: new Set(),
    functionCall: new Set(),
    toolCall: new Set(),
    toolsOffered: new Set(),
    agentChange: new Set(),
    transfer: new Set(),
    quality: new Set(),
    error: new Set(),
    ended: new Set(),
  };

  constructor(options: WebCallOptions) {
    if (options.apiKey.startsWith('dnx_sk_')) throw new CallError('secret_key_in_page');
    this.options = options;
  }

  get durationMs(): number {
    return 'startedAt' in this.state ? Date.now() - this.state.startedAt : 0;
  }

  start({ microphone = true }: StartOptions = {}): Promise<void> {
    this.asked.push(microphone ? 'start' : 'start without a microphone');
    if (!microphone) this.muted = true;
    this.transcript = [];
    this.stage('microphone');
    return Promise.resolve();
  }

  resume(): Promise<boolean> {
    this.asked.push('resume');
    this.stage('connecting');
    return Promise.resolve(true);
  }

  end(): Promise<void> {
    this.asked.push('end');
    if (!['idle', 'ended', 'failed'].includes(this.state.status)) this.over('user_disconnected');
    return Promise.resolve();
  }

  mute(): Promise<void> {
    this.asked.push('mute');
    return this.#setMuted(true);
  }

  unmute(): Promise<void> {
    this.asked.push('unmute');
    return this.#setMuted(false);
  }

  sendContext(text: string): Promise<void> {
    this.asked.push(`sendContext ${text}`);
    return Promise.resolve();
  }

  sendDigits(digits: string): Promise<void> {
    this.asked.push(`sendDigits ${digits}`);
    return Promise.resolve();
  }

  registerTool({ name }: ClientTool): () => void {
    this.asked.push(`registerTool ${name}`);
    return () => void this.asked.push(`without ${name}`);
  }

  async sendText(text: string): Promise<void> {
    this.asked.push(`sendText ${text}`);
    const fault = this.textFault;
    this.textFault = null;
    if (fault) throw fault;
    await this.textTaken;
    this.says('user', text, { via: 'text' });
  }

  typing(): void {
    this.asked.push('typing');
  }

  resumeAudio(): Promise<void> {
    this.asked.push('resumeAudio');
    this.blockAudio(false);
    return Promise.resolve();
  }

  rate(rating: number, comment?: string): Promise<void> {
    this.asked.push(`rate ${rating}${comment ? ` ${comment}` : ''}`);
    const fault = this.ratingFault;
    this.ratingFault = null;
    return fault ? Promise.reject(fault) : Promise.resolve();
  }

  diagnostics(): Promise<CallDiagnostics> {
    this.asked.push('diagnostics');
    return Promise.resolve({
      status: this.state.status,
      server: 'https://calls.example.test',
    } as CallDiagnostics);
  }

  devices(): Promise<AudioDevices> {
    return Promise.resolve(this.plugged);
  }

  setMicrophone(deviceId: string): Promise<void> {
    this.asked.push(`setMicrophone ${deviceId}`);
    this.plug({ microphoneId: deviceId }, 'microphone_changed');
    return Promise.resolve();
  }

  setSpeaker(deviceId: string): Promise<void> {
    this.asked.push(`setSpeaker ${deviceId}`);
    this.plug({ speakerId: deviceId }, 'speaker_changed');
    return Promise.resolve();
  }

  setVolume(volume: number): void {
    this.asked.push(`setVolume ${volume}`);
  }

  warmUp(): Promise<void> {
    this.asked.push('warmUp');
    return Promise.resolve();
  }

  on<Name extends CallEventName>(name: Name, listener: CallListener<Name>): () => void {
    this.#listeners[name].add(listener);
    return () => this.#listeners[name].delete(listener);
  }

  /** How many listeners are left. */
  get listening(): number {
    return Object.values(this.#listeners).reduce((sum, set) => sum + set.size, 0);
  }

  /** The start came to a stage. */
  stage(stage: StartStage): void {
    this.#become({ status: 'starting', stage, callId: null, muted: this.muted });
  }

  /** The agent is there and does something. */
  agent(agentState: AgentState, startedAt = Date.now()): void {
    const since = 'startedAt' in this.state ? this.state.startedAt : startedAt;
    const { muted } = this;
    this.#become({ status: 'active', callId: CALL_ID, agentState, muted, startedAt: since });
    this.emit('agentState', { agentState });
  }

  /** The connection broke and is being mended. */
  reconnect(): void {
    if (this.state.status === 'active') this.#become({ ...this.state, status: 'reconnecting' });
  }

  /** The call is being ended. */
  ending(): void {
    this.#become({ status: 'ending', callId: CALL_ID });
  }

  /** Somebody said something; the same `id` replaces it. */
  says(role: 'user' | 'agent', text: string, more: Partial<TranscriptSegment> = {}): void {
    const segment: TranscriptSegment = {
      id: `segment_${this.transcript.length + 1}`,
      role,
      text,
      final: true,
      startedAt: Date.now(),
      via: 'speech',
      ...more,
    };
    this.transcript = [...this.transcript.filter((other) => other.id !== segment.id), segment];
    this.emit('transcript', segment);
  }

  /** How loud both are. */
  levels(user: number, agent: number): void {
    this.emit('audioLevel', { user, agent });
  }

  /** Devices came, went or were switched. */
  plug(changes: Partial<AudioDevices>, cause: DeviceChangeCause = 'devices_changed'): void {
    this.plugged = { ...this.plugged, ...changes };
    this.emit('deviceChange', { ...this.plugged, cause });
  }

  /** The browser refuses to play, or no longer. */
  blockAudio(blocked: boolean): void {
    this.audioBlocked = blocked;
    this.emit('audioBlocked', { blocked });
  }

  /** Something broke that the call survives. */
  trouble(code: CallErrorCode, remedy?: string): void {
    this.emit('error', new CallError(code, remedy === undefined ? {} : { remedy }));
  }

  /** The call ended as calls do. */
  over(endReason: EndReason, durationMs = 64_000): void {
    const end = { callId: CALL_ID, endReason, durationMs };
    this.#become({ status: 'ended', ...end });
    this.emit('ended', { ...end, error: null });
  }

  /** The call broke. `exactly`: what the error knows better than the table of errors. */
  fail(
    code: CallErrorCode,
    endReason: EndReason = 'system_failure',
    exactly: { remedy?: string; cause?: unknown; retryAfterMs?: number } = {},
  ): void {
    const error = new CallError(code, exactly);
    const end = { callId: null, endReason, durationMs: 0 };
    this.#become({ status: 'failed', error, ...end });
    this.emit('error', error);
    this.emit('ended', { ...end, error });
  }

  #setMuted(muted: boolean): Promise<void> {
    this.muted = muted;
    if ('muted' in this.state) this.#become({ ...this.state, muted });
    this.emit('muted', { muted });
    return Promise.resolve();
  }

  #become(state: CallState): void {
    const previous = this.state;
    this.state = state;
    this.emit('stateChange', { state, previous });
  }

  /** Reports an event as the SDK does. */
  emit<Name extends CallEventName>(name: Name, payload: CallEvents[Name]): void {
    for (const listener of [...this.#listeners[name]]) listener(payload);
  }
}
