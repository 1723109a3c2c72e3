/** One call from `start()` to its end. Releases everything that it opened, at whatever point it is interrupted. */
import { LevelMeter } from '../audio/level-meter.js';
import type { CheckedOptions } from '../check-options.js';
import { CallError } from '../error/call-error.js';
import type { MediaEngine, MediaSession } from '../media/media-port.js';
import { supportedEngine } from '../media/supported-engine.js';
import { ofHost, underPagePolicy } from '../page/under-page-policy.js';
import type { CallPorts } from '../ports.js';
import { RestClient, type CallTicket } from '../rest/rest-client.js';
import type { DeviceChangeCause } from '../events.js';
import type { AgentState } from '../state/call-state.js';
import type { FeedbackRequest, MediaGrant, TerminateWebCallResponse } from '../wire/web-call.js';
import { AgentWatch } from './agent-watch.js';
import { settledWithin } from './bounded.js';
import { callErrorOf, wasRefused } from './call-error-of.js';
import { claimBrowser } from './claim-browser.js';
import { CallMicrophone } from './call-microphone.js';
import { CallReporter, type SeenByPage } from './call-reporter.js';
import type { CallSettings } from './call-settings.js';
import type { ResumedCall } from './kept-call.js';
import { silentAfter, type CallSink } from './call-sink.js';
import { callEnd, endDetail, startErrorOf, verdictOf, type Closing } from './closing.js';
import { mediaListener } from './media-listener.js';
import { reduceRun, upSince, type RunEvent, type RunPhase } from './run-phase.js';
import type { EarlierCalls, RunStart } from './run-start.js';
import { TERMINATE_TIMEOUT_MS } from './settle-end.js';
import { Timeline } from './timeline.js';

/** How long the page waits for the server's answer to *terminate* before it leaves the room. */
const TERMINATE_WITHIN_MS = 400;
/** A grant that is younger cannot have been refused because it expired. */
const GRANT_MAY_EXPIRE_AFTER_MS = 15_000;
const AUDIBLE = 0.15;

/** A call of a `DialNexaWebCall`. */
export class CallRun {
  readonly microphone: CallMicrophone;
  /** Whether nothing is said aloud, by neither side. */
  isTyped = false;
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
    this.#interrupted = new Promise((_, reject) => (this.#interrupt = reject));
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
  async start(start: RunStart): Promise<void> {
    const { signal, resumed, textOnly, microphone } = start;
    this.isTyped = textOnly && microphone === false;
    if (resumed) {
      this.#reporter.seen.resume(resumed.seen);
      this.#got({ ticket: resumed.ticket });
    }
    const giveUp = () => void this.close({ kind: 'given_up', cause: signal?.reason });
    signal?.addEventListener('abort', giveUp, { once: true });
    try {
      this.#cleanups.push(this.#ports.page.onHide(() => this.#pageHidden()));
      if (this.#before?.over !== false) this.#show();
      if (signal?.aborted) giveUp();
      if (this.#before) await this.#unlessClosed(this.#before.gone);
      this.#assertOpen();
      this.#show();
      await this.#join(start);
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

  /** What the page has seen of the call, as on its record. */
  get seen(): SeenByPage {
    return this.#reporter.all;
  }

  /** Rejects with `CallError`. */
  async rate(feedback: FeedbackRequest): Promise<void> {
    if (!this.#phase.ticket) throw CallError.notActive('rate');
    await this.#rest.rate(this.#phase.ticket, feedback);
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

  async #join(start: RunStart): Promise<void> {
    this.#assertOpen();
    // Before a record is made of a call that nobody can make from here.
    if (start.microphone === true) this.#ports.microphone.check();
    this.#cleanups.push(
      this.#ports.microphone.onChange(() => {
        void this.#announce('devices_changed');
        void this.microphone.devicesChanged();
      }),
    );
    const createContext = start.textOnly ? () => null : this.#ports.createAudioContext;
    this.#meter = new LevelMeter(createContext, (levels) => {
      this.#sink.emit('audioLevel', levels);
      if (levels.agent > AUDIBLE) this.#timeline.reach('first_agent_audio');
    });
    await this.#unlessClosed(this.#claim());
    this.#assertOpen();
    const open = this.#openMicrophone(start.microphone);
    open.catch(() => {});
    const [engine, grant] = await this.#unlessClosed(
      Promise.all([
        this.#loadEngine(),
        this.#requestGrant(start.resumed),
        // Who may yet refuse it is no caller that an agent comes for.
        this.#ports.microphone.isAllowed().then((isAllowed) => (isAllowed ? null : open)),
      ]),
    );
    this.#assertOpen();
    this.#sink.dispatch({ type: 'stageReached', stage: 'connecting' });
    await this.#connect(engine, grant, open, start);
    this.#assertOpen();
    this.#timeline.reach('connected');
    this.#sink.dispatch({ type: 'stageReached', stage: 'waiting_for_agent' });
    if (this.#options.wakeLock) this.#cleanups.push(this.#ports.page.keepAwake());
    const { volume, speakerId } = this.#settings;
    this.#phase.session?.setVolume(volume);
    if (speakerId) this.#phase.session?.setSpeaker(speakerId).catch(() => {});
    this.#agent.begin();
    // The agent may have answered before the caller's media was up.
    if (this.#agent.hasAnswered && this.#agent.state) this.#answered(this.#agent.state);
  }

  async #claim(): Promise<void> {
    const taken = (): void => void this.close({ kind: 'taken_over' });
    const release = await claimBrowser(this.#ports.page, this.#options, taken);
    if (this.closing) release();
    else this.#cleanups.push(release);
  }

  async #loadEngine(): Promise<MediaEngine> {
    const engine = await this.#ports.loadMedia();
    this.#timeline.reach('media_code');
    return supportedEngine(engine);
  }

  async #openMicrophone(wanted: boolean | MediaStreamTrack): Promise<void> {
    await this.microphone.open(wanted);
    this.#timeline.reach('microphone');
    if (!this.#phase.ticket) this.#sink.dispatch({ type: 'stageReached', stage: 'grant' });
  }

  #requestGrant(resumed: ResumedCall | null): Promise<MediaGrant> {
    const granted = (ticket: CallTicket, way: MediaGrant): MediaGrant => {
      this.#got({ ticket, ticketTick: performance.now() });
      this.#timeline.reach('grant');
      this.#sink.dispatch({ type: 'created', callId: ticket.callId });
      return way;
    };
    if (resumed) return Promise.resolve(granted(resumed.ticket, resumed.way));
    const granting = this.#rest
      .createCall({ ...this.#options.request, text_only: this.isTyped || undefined })
      .then((grant) => granted({ callId: grant.call_id, callToken: grant.call_token }, grant));
    this.#granting = granting;
    return granting;
  }

  async #connect(
    engine: MediaEngine,
    grant: MediaGrant,
    open: Promise<void>,
    { resumed, textOnly: isSilent }: Pick<RunStart, 'resumed' | 'textOnly'>,
    mayRenew = !resumed,
  ): Promise<void> {
    const session = engine.createSession(this.#listener());
    this.#got({ session, dropped: undefined });
    const { server_url: serverUrl, access_token: accessToken } = grant;
    const address = { serverUrl, accessToken, isSilent, isReturn: Boolean(resumed) };
    const microphone = open.then(() => this.microphone.current);
    const connected = underPagePolicy(
      () => session.connect(address, microphone),
      ofHost(address.serverUrl),
    );
    try {
      await this.#unlessClosed(Promise.all([microphone, connected]));
    } catch (cause) {
      const old = performance.now() - (this.#phase.ticketTick ?? 0) > GRANT_MAY_EXPIRE_AFTER_MS;
      if (this.closing || !mayRenew || !old || !wasRefused(cause)) throw cause;
      // The visitor took so long to allow the microphone that the first grant has expired.
      await session.disconnect();
      this.#assertOpen();
      const renewed = await this.#unlessClosed(this.#requestGrant(null));
      this.#assertOpen();
      return this.#connect(engine, renewed, open, { resumed: null, textOnly: isSilent }, false);
    }
    const published = await microphone;
    this.#assertOpen();
    if (this.#phase.dropped) throw CallError.connectionFailed(this.#phase.dropped);
    this.#note({ type: 'mediaUp', session, up: upSince(resumed?.upAt) });
    this.microphone.joined(session, published);
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

  #answered(agentState: AgentState): void {
    const { up, ticket } = this.#phase;
    if (!up || !ticket) return;
    const { callId } = ticket;
    this.#timeline.reach('agent_ready');
    this.#sink.dispatch({ type: 'answered', callId, agentState, startedAt: up.at });
  }

  #pageHidden(): void {
    const { up, ticket } = this.#phase;
    const mayReturn = this.#options.resume && this.liveSession !== null;
    if (!ticket || this.closing) return void this.close({ kind: 'page_closed' });
    this.#reporter.leave(ticket, mayReturn);
    const { muted } = this.#settings;
    const left = { muted, textOnly: this.isTyped, seen: this.#reporter.seen.seen };
    if (up && mayReturn) this.#sink.leave({ ticket, upAt: up.at, ...left });
    void this.close({ kind: 'page_closed', mayReturn });
    this.#reporter.reportAtLast(ticket);
  }

  async #shutDown(closing: Closing): Promise<void> {
    this.#interrupt(startErrorOf(closing));
    // A call that was cancelled while it waited for an earlier one is shown after that one.
    if (!this.#phase.shown) await this.#before?.gone;
    this.#sink.dispatch({ type: 'endingBegan' });
    const told = this.#reporter.settle(closing, this.#granting);
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
    await session?.disconnect(closing.kind === 'page_closed' && closing.mayReturn === true);
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
