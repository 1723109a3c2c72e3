/** One call from `start()` to its end. Whatever it opened, it closes, wherever it was interrupted. */
import { LevelMeter } from '../audio/level-meter.js';
import type { CheckedOptions } from '../check-options.js';
import { CallError } from '../error/call-error.js';
import type { MediaEngine, MediaSession } from '../media/media-port.js';
import { ofHost, underPagePolicy } from '../page/under-page-policy.js';
import type { CallPorts } from '../ports.js';
import { RestClient, terminateBody } from '../rest/rest-client.js';
import type { DeviceChangeCause } from '../events.js';
import type { AgentState } from '../state/call-state.js';
import type { CreateWebCallResponse, TerminateWebCallResponse } from '../wire/web-call.js';
import { AgentWatch } from './agent-watch.js';
import { settledWithin } from './bounded.js';
import { callErrorOf, wasRefused } from './call-error-of.js';
import { CallMicrophone } from './call-microphone.js';
import type { CallSettings } from './call-settings.js';
import { silentAfter, type CallSink } from './call-sink.js';
import { callEnd, startErrorOf, verdictOf, type Closing } from './closing.js';
import { mediaListener } from './media-listener.js';
import { reduceRun, type RunEvent, type RunPhase } from './run-phase.js';
import { TERMINATE_TIMEOUT_MS, settleEnd } from './settle-end.js';
import { Timeline } from './timeline.js';

/** The room is left after this even if the server has not answered. */
const SAY_WHY_WITHIN_MS = 400;
/** A grant younger than this was not refused for its age. */
const GRANT_MAY_EXPIRE_AFTER_MS = 15_000;
const AUDIBLE = 0.15;

/** How one call is started. */
export interface RunStart {
  microphone: boolean | MediaStreamTrack;
  signal: AbortSignal | undefined;
}

/** What a call has to wait for. */
export interface EarlierCalls {
  /** Whether all of them have said how they ended: then this one may already be shown. */
  over: boolean;
  /** Resolves when nothing of them is left. */
  gone: Promise<void>;
}

/** The machinery behind `DialNexaWebCall`. */
export class CallRun {
  readonly microphone: CallMicrophone;
  readonly #options: CheckedOptions;
  readonly #ports: CallPorts;
  readonly #sink: CallSink;
  readonly #settings: CallSettings;
  readonly #before: EarlierCalls | null;
  readonly #announce: (cause: DeviceChangeCause) => Promise<void>;
  readonly #rest: RestClient;
  readonly #agent: AgentWatch;
  readonly #timeline: Timeline;
  readonly #cleanups: (() => void)[] = [];
  /** Rejects when the call is closed; every wait of the start races with it. */
  readonly #interrupted: Promise<never>;
  #interrupt: (error: CallError) => void = () => {};
  #phase: RunPhase = { name: 'starting' };
  #meter: LevelMeter | null = null;
  /** The latest; it may still be on its way when the call is closed. */
  #granting: Promise<unknown> | null = null;
  #closed: Promise<void> | null = null;

  constructor(
    options: CheckedOptions,
    ports: CallPorts,
    tell: CallSink,
    settings: CallSettings,
    announce: (cause: DeviceChangeCause) => Promise<void>,
    before: EarlierCalls | null,
  ) {
    const sink = silentAfter(() => this.over, tell);
    this.#options = options;
    this.#ports = ports;
    this.#sink = sink;
    this.#settings = settings;
    this.#announce = announce;
    this.#before = before;
    this.#rest = new RestClient(options.serverUrl, options.apiKey, options.fetch);
    this.microphone = new CallMicrophone(ports.microphone, options.audio, settings, {
      sink,
      announce,
      trackChanged: () => this.#meter?.watch('user', this.microphone.track),
    });
    this.#timeline = new Timeline((stage, ms) => sink.emit('timing', { stage, ms }));
    this.#agent = new AgentWatch({
      joined: () => this.#timeline.reach('agent_joined'),
      changed: (agentState) => {
        sink.dispatch({ type: 'agentChanged', agentState });
        sink.emit('agentState', { agentState });
      },
      answered: (agentState) => this.#answered(agentState),
      gaveUp: (error) => void this.close({ kind: 'broke', error }),
    });
    this.#interrupted = new Promise((_, reject) => {
      this.#interrupt = reject;
    });
    this.#interrupted.catch(() => {});
  }

  get agentState(): AgentState | null {
    return this.#agent.state;
  }

  /** What set its end in motion; `undefined` while it goes on. */
  get closing(): Closing | undefined {
    return this.#phase.closing;
  }

  /** Whether it has said how it ended. It may not be gone yet. */
  get over(): boolean {
    return this.#phase.name === 'over';
  }

  /** From media up until now. */
  get durationMs(): number {
    const { up } = this.#phase;
    return up ? Math.round(performance.now() - up.tick) : 0;
  }

  /** The session, once media is up and until the call is closed. */
  get liveSession(): MediaSession | null {
    return this.#phase.name === 'up' ? this.#phase.session : null;
  }

  /** Resolves when media is up; rejects with `CallError` when the call is closed before that. */
  async start({ microphone, signal }: RunStart): Promise<void> {
    const giveUp = () => void this.close({ kind: 'given_up', cause: signal?.reason });
    signal?.addEventListener('abort', giveUp, { once: true });
    try {
      this.#cleanups.push(this.#ports.page.onHide(() => this.#pageHidden()));
      if (this.#before?.over !== false) this.#show();
      if (signal?.aborted) giveUp();
      if (this.#before) await this.#unlessClosed(this.#before.gone);
      this.#assertOpen();
      this.#show();
      await this.#join(microphone);
    } catch (cause) {
      if (!this.closing) void this.close({ kind: 'broke', error: callErrorOf(cause) });
      throw this.closing ? startErrorOf(this.closing) : cause;
    } finally {
      signal?.removeEventListener('abort', giveUp);
    }
  }

  /** Ends the call; only the first reason counts. Resolves when nothing of it is left. */
  close(closing: Closing): Promise<void> {
    if (!this.#closed) {
      this.#note({ type: 'closed', closing });
      let done: (value: Promise<void>) => void = () => {};
      this.#closed = new Promise((resolve) => {
        done = resolve;
      });
      done(this.#shutDown(closing));
    }
    return this.#closed;
  }

  /** From a click. */
  async resumeAudio(): Promise<void> {
    await Promise.all([this.#meter?.resume(), this.liveSession?.resumeAudio()]);
  }

  #note(event: RunEvent): void {
    this.#phase = reduceRun(this.#phase, event);
  }

  #got(part: Extract<RunEvent, { type: 'got' }>['part']): void {
    this.#note({ type: 'got', part });
  }

  #show(): void {
    if (this.#phase.shown) return;
    this.#got({ shown: true });
    this.#sink.dispatch({ type: 'started', muted: this.#settings.muted });
  }

  async #join(wanted: boolean | MediaStreamTrack): Promise<void> {
    this.#assertOpen();
    this.#cleanups.push(this.#ports.microphone.onChange(() => this.#devicesChanged()));
    this.#meter = new LevelMeter(this.#ports.createAudioContext, (levels) => {
      this.#sink.emit('audioLevel', levels);
      if (levels.agent > AUDIBLE) this.#timeline.reach('first_agent_audio');
    });
    const [engine, grant] = await this.#unlessClosed(
      Promise.all([this.#loadEngine(), this.#requestGrant(), this.#openMicrophone(wanted)]),
    );
    this.#assertOpen();
    this.#sink.dispatch({ type: 'stageReached', stage: 'connecting' });
    await this.#connect(engine, grant, true);
    this.#assertOpen();
    this.#timeline.reach('connected');
    this.#sink.dispatch({ type: 'stageReached', stage: 'waiting_for_agent' });
    if (this.#options.wakeLock) this.#cleanups.push(this.#ports.page.keepAwake());
    this.#applySettings();
    this.#agent.begin();
    this.#answeredEarly();
  }

  async #loadEngine(): Promise<MediaEngine> {
    const engine = await this.#ports.loadMedia();
    this.#timeline.reach('media_code');
    if (!engine.isSupported()) throw new CallError('unsupported_browser');
    return engine;
  }

  async #openMicrophone(wanted: boolean | MediaStreamTrack): Promise<void> {
    await this.microphone.open(wanted);
    this.#timeline.reach('microphone');
    if (!this.#phase.ticket) this.#sink.dispatch({ type: 'stageReached', stage: 'grant' });
  }

  #requestGrant(): Promise<CreateWebCallResponse> {
    const granting = this.#rest.createCall(this.#options.request).then((grant) => {
      const ticket = { callId: grant.call_id, callToken: grant.call_token };
      this.#got({ ticket, ticketTick: performance.now() });
      this.#timeline.reach('grant');
      this.#sink.dispatch({ type: 'created', callId: grant.call_id });
      return grant;
    });
    this.#granting = granting;
    return granting;
  }

  async #connect(
    engine: MediaEngine,
    grant: CreateWebCallResponse,
    mayRenew: boolean,
  ): Promise<void> {
    const session = engine.createSession(this.#listener());
    this.#got({ session, dropped: undefined });
    const address = { serverUrl: grant.server_url, accessToken: grant.access_token };
    const { track } = this.microphone;
    try {
      await this.#unlessClosed(
        underPagePolicy(
          () => session.connect(address, track, this.#settings.muted),
          ofHost(address.serverUrl),
        ),
      );
    } catch (cause) {
      const { ticketTick = 0 } = this.#phase;
      const old = performance.now() - ticketTick > GRANT_MAY_EXPIRE_AFTER_MS;
      if (this.closing || !mayRenew || !old || !wasRefused(cause)) throw cause;
      // The visitor took long over the microphone's question: the first grant ran out meanwhile.
      await session.disconnect();
      this.#assertOpen();
      const renewed = await this.#unlessClosed(this.#requestGrant());
      this.#assertOpen();
      await this.#connect(engine, renewed, false);
      return;
    }
    this.#assertOpen();
    const { dropped } = this.#phase;
    if (dropped) throw CallError.connectionFailed(dropped);
    this.#note({ type: 'mediaUp', session, up: { at: Date.now(), tick: performance.now() } });
    this.microphone.joined(session, track);
  }

  #listener() {
    return mediaListener(this.#sink, this.#agent, {
      agentTrack: (track) => this.#meter?.watch('agent', track),
      dropped: (cause) => {
        // Before media is up, `connect()` rejects and says more.
        if (this.#phase.up) void this.close({ kind: 'dropped', cause });
        else this.#got({ dropped: cause });
      },
    });
  }

  #applySettings(): void {
    const { volume, speakerId } = this.#settings;
    this.#phase.session?.setVolume(volume);
    if (speakerId) this.#phase.session?.setSpeaker(speakerId).catch(() => {});
  }

  #devicesChanged(): void {
    void this.#announce('devices_changed');
    void this.microphone.devicesChanged();
  }

  #answered(agentState: AgentState): void {
    const { up, ticket } = this.#phase;
    if (!up || !ticket) return;
    const { callId } = ticket;
    this.#timeline.reach('agent_ready');
    this.#sink.dispatch({ type: 'answered', callId, agentState, startedAt: up.at });
  }

  /** An agent may be ready before the caller's own media is. */
  #answeredEarly(): void {
    if (this.#agent.hasAnswered && this.#agent.state) this.#answered(this.#agent.state);
  }

  #pageHidden(): void {
    const { page } = this.#ports;
    const ticket = this.#phase.ticket;
    if (ticket && !this.closing) {
      const body = terminateBody(ticket, 'page_closed');
      if (!page.beacon(this.#rest.terminateUrl(ticket), body)) {
        void this.#rest.terminate(ticket, 'page_closed', TERMINATE_TIMEOUT_MS);
      }
    }
    void this.close({ kind: 'page_closed' });
  }

  async #shutDown(closing: Closing): Promise<void> {
    this.#interrupt(startErrorOf(closing));
    // Whoever was given up while waiting for another call says so after that one.
    if (!this.#phase.shown) await this.#before?.gone;
    this.#sink.dispatch({ type: 'endingBegan' });
    const told = this.#tellServer(closing);
    const gone = settledWithin(
      Promise.all([told, this.#release(closing, told)]),
      TERMINATE_TIMEOUT_MS,
    );
    // Only a call that was up can have ended for a reason that the page does not know.
    if (this.#phase.up && closing.kind !== 'page_closed') {
      await gone;
      this.#conclude(closing, await Promise.race([told, Promise.resolve(null)]));
    } else {
      this.#conclude(closing, null);
      await gone;
    }
    await this.#before?.gone;
  }

  async #tellServer(closing: Closing): Promise<TerminateWebCallResponse | null> {
    const known = this.#phase.ticket;
    const answer =
      known && closing.kind !== 'page_closed' ? settleEnd(this.#rest, known, closing) : null;
    // A grant that is still on its way, the first or a renewed one, is a call of its own.
    await this.#granting?.catch(() => {});
    const late = this.#phase.ticket;
    return late && late !== known ? settleEnd(this.#rest, late, closing) : answer;
  }

  async #release(closing: Closing, told: Promise<unknown>): Promise<void> {
    this.#agent.stop();
    for (const cleanUp of this.#cleanups.splice(0)) cleanUp();
    this.microphone.release();
    await Promise.allSettled([this.#meter?.close(), this.#leave(closing, told)]);
  }

  /** Whoever leaves says why first: a lost connection must not reach the server before the reason. */
  async #leave(closing: Closing, told: Promise<unknown>): Promise<void> {
    const { session } = this.#phase;
    session?.setVolume(0);
    const saysWhy = closing.kind !== 'page_closed' && closing.kind !== 'dropped';
    if (session && saysWhy) await settledWithin(told, SAY_WHY_WITHIN_MS);
    await session?.disconnect();
  }

  #conclude(closing: Closing, answer: TerminateWebCallResponse | null): void {
    const verdict = verdictOf(closing, answer?.end_reason ?? null);
    const end = callEnd(this.#phase.ticket?.callId ?? null, verdict, this.durationMs);
    if (verdict.error) {
      this.#sink.dispatch({ type: 'failed', end, error: verdict.error });
      this.#sink.emit('error', verdict.error);
    } else {
      this.#sink.dispatch({ type: 'ended', end });
    }
    this.#sink.emit('ended', { ...end, error: verdict.error });
    this.#note({ type: 'concluded' });
  }

  /** A promise may have settled just before the call was closed. */
  #assertOpen(): void {
    if (this.closing) throw startErrorOf(this.closing);
  }

  #unlessClosed<T>(promise: Promise<T>): Promise<T> {
    return Promise.race([promise, this.#interrupted]);
  }
}
