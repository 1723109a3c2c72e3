/** One call from `start()` to its end. Releases everything that it opened, at whatever point it is interrupted. */
import { LevelMeter } from '../audio/level-meter.js';
import type { CheckedOptions } from '../check-options.js';
import { CallError } from '../error/call-error.js';
import type { MediaEngine, MediaSession } from '../media/media-port.js';
import { ofHost, underPagePolicy } from '../page/under-page-policy.js';
import type { CallPorts } from '../ports.js';
import { RestClient, type CallTicket } from '../rest/rest-client.js';
import type { DeviceChangeCause } from '../events.js';
import type { AgentState } from '../state/call-state.js';
import type { CreateWebCallResponse, TerminateWebCallResponse } from '../wire/web-call.js';
import { AgentWatch } from './agent-watch.js';
import { settledWithin } from './bounded.js';
import { callErrorOf, wasRefused } from './call-error-of.js';
import { CallMicrophone } from './call-microphone.js';
import { CallReporter } from './call-reporter.js';
import type { CallSettings } from './call-settings.js';
import { silentAfter, type CallSink } from './call-sink.js';
import { callEnd, endDetail, startErrorOf, verdictOf, type Closing } from './closing.js';
import { mediaListener } from './media-listener.js';
import { reduceRun, type RunEvent, type RunPhase } from './run-phase.js';
import { TERMINATE_TIMEOUT_MS, settleEnd } from './settle-end.js';
import { Timeline } from './timeline.js';

/** How long the page waits for the server's answer to *terminate* before it leaves the room. */
const TERMINATE_WITHIN_MS = 400;
/** A grant that is younger cannot have been refused because it expired. */
const GRANT_MAY_EXPIRE_AFTER_MS = 15_000;
const AUDIBLE = 0.15;

/** How the call is started. */
export interface RunStart {
  microphone: boolean | MediaStreamTrack;
  signal: AbortSignal | undefined;
}

/** Earlier calls of the same object, which a new call waits for. */
export interface EarlierCalls {
  /** Whether all of them have reported their end: then this call may be shown already. */
  over: boolean;
  /** Resolves when all of them have released everything. */
  gone: Promise<void>;
}

/** A call of a `DialNexaWebCall`. */
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
  readonly #reporter: CallReporter;
  readonly #cleanups: (() => void)[] = [];
  /** Rejects when the call is closed: the start races all that it waits for with it. */
  readonly #interrupted: Promise<never>;
  #interrupt: (error: CallError) => void = () => {};
  #phase: RunPhase = { name: 'starting' };
  #meter: LevelMeter | null = null;
  /** The latest request for a grant; it may still be unanswered when the call is closed. */
  #granting: Promise<unknown> | null = null;
  #closed: Promise<void> | null = null;

  constructor(
    options: CheckedOptions,
    ports: CallPorts,
    tell: CallSink,
    settings: CallSettings,
    announce: (cause: DeviceChangeCause) => Promise<void>,
    before: EarlierCalls | null,
    intentAt: number | null,
  ) {
    this.#rest = new RestClient(options.serverUrl, options.apiKey, options.fetch);
    this.#reporter = new CallReporter(this.#rest, ports.page, () => this.#phase, intentAt);
    if (settings.muted) this.#reporter.seen.note('muted');
    const sink = this.#reporter.seen.watch(silentAfter(() => this.over, tell));
    this.#options = options;
    this.#ports = ports;
    this.#sink = sink;
    this.#settings = settings;
    this.#announce = announce;
    this.#before = before;
    this.microphone = new CallMicrophone(ports.microphone, options.audio, settings, {
      sink,
      announce: (cause) => {
        this.#reporter.seen.note(cause);
        return announce(cause);
      },
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

  /** Why the call is being closed; `undefined` while it goes on. */
  get closing(): Closing | undefined {
    return this.#phase.closing;
  }

  /** Whether the call has reported its end. It may still be releasing things. */
  get over(): boolean {
    return this.#phase.name === 'over';
  }

  /** Milliseconds from media up until now, by a monotonic clock. */
  get durationMs(): number {
    const { up } = this.#phase;
    return up ? Math.round(performance.now() - up.tick) : 0;
  }

  /** The session while media is up and the call is not closed. */
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

  /** Closes the call; only the first reason counts. Resolves when everything is released. */
  close(closing: Closing): Promise<void> {
    if (!this.#closed) {
      this.#note({ type: 'closed', closing });
      this.#reporter.seen.note('end', { reason: endDetail(closing) });
      this.#reporter.seen.stop();
      let done: (value: Promise<void>) => void = () => {};
      this.#closed = new Promise((resolve) => {
        done = resolve;
      });
      done(this.#shutDown(closing));
    }
    return this.#closed;
  }

  /** The id and token of the call; `undefined` before the server has created one. */
  get ticket(): CallTicket | undefined {
    return this.#phase.ticket;
  }

  /** Rejects with `CallError`. */
  rate(ticket: CallTicket, rating: number, comment: string | undefined): Promise<void> {
    return this.#rest.rate(ticket, comment ? { rating, comment } : { rating });
  }

  /** To be called from a click. */
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
      // The visitor took so long to allow the microphone that the first grant has expired.
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
      reached: (step) => this.#reporter.seen.note(step),
      agentTrack: (track) => this.#meter?.watch('agent', track),
      dropped: (cause) => {
        // Before media is up, `connect()` rejects with a more exact error.
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

  /** The agent may have answered before the caller's media was up. */
  #answeredEarly(): void {
    if (this.#agent.hasAnswered && this.#agent.state) this.#answered(this.#agent.state);
  }

  #pageHidden(): void {
    const ticket = this.closing ? undefined : this.#phase.ticket;
    if (ticket) this.#reporter.leave(ticket);
    void this.close({ kind: 'page_closed' });
    if (ticket) this.#reporter.reportAtLast(ticket);
  }

  async #shutDown(closing: Closing): Promise<void> {
    this.#interrupt(startErrorOf(closing));
    // A call that was cancelled while it waited for an earlier one is shown after that one.
    if (!this.#phase.shown) await this.#before?.gone;
    this.#sink.dispatch({ type: 'endingBegan' });
    const told = this.#tellServer(closing);
    const gone = settledWithin(
      Promise.all([told, this.#release(closing, told)]),
      TERMINATE_TIMEOUT_MS,
    );
    // Only for a call whose media was up can the server know more than the page about its end.
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
    const tell = (ticket: CallTicket) => {
      const answer = settleEnd(this.#rest, ticket, closing);
      this.#reporter.report(ticket);
      return answer;
    };
    const answer = known && closing.kind !== 'page_closed' ? tell(known) : null;
    // A grant that is still on its way, the first or a renewed one, makes another call, which has to be terminated too.
    await this.#granting?.catch(() => {});
    const late = this.#phase.ticket;
    return late && late !== known ? tell(late) : answer;
  }

  async #release(closing: Closing, told: Promise<unknown>): Promise<void> {
    this.#agent.stop();
    for (const cleanUp of this.#cleanups.splice(0)) cleanUp();
    this.microphone.release();
    await Promise.allSettled([this.#meter?.close(), this.#leave(closing, told)]);
  }

  /**
   * Leaves the room after the server was told why: the webhook of a lost connection must not arrive before the reason.
   */
  async #leave(closing: Closing, told: Promise<unknown>): Promise<void> {
    const { session } = this.#phase;
    session?.setVolume(0);
    const tellsFirst = closing.kind !== 'page_closed' && closing.kind !== 'dropped';
    if (session && tellsFirst) await settledWithin(told, TERMINATE_WITHIN_MS);
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
