/** What the page sees of its call, step by step, for the call's record. */
import type { ClientConnection } from '../wire/call.js';
import type { ClientReport, ClientReportEvent } from '../wire/web-call.js';
import type { CallSink } from './call-sink.js';
import { tickOf } from './tick-of.js';

/** As many as a report may hold. */
export const MOST_STEPS = 100;
/** Steps of joining, which stay however many follow. */
const FIRST_STEPS = 20;
/** A caller may hesitate at the browser's question for the microphone, and never join. */
const AFTER_GRANT_MS = 15_000;
const AFTER_CONNECTION_MS = 5000;
const EVERY_MS = 60_000;

/** Steps that the next page goes on with. */
export interface ClientSteps {
  /** The moment from which they count, by `Date.now()`. */
  beganAt: number;
  steps: ClientReportEvent[];
}

/** The steps of one call, from `start()` on, and when they are sent. */
export class ClientTimeline {
  #begin = performance.now();
  #steps: ClientReportEvent[] = [];
  readonly #send: () => void;
  #over = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** `intentAt`: when the visitor last seemed to want a call, by `performance.now()`. */
  constructor(intentAt: number | null, send: () => void) {
    this.#send = send;
    if (intentAt !== null) this.note('intent', undefined, intentAt);
    this.note('start', undefined, this.#begin);
  }

  /** Notes a step, unless the call is over. */
  note(type: string, detail?: ClientReportEvent['detail'], at = performance.now()): void {
    if (this.#over) return;
    if (this.#steps.length === MOST_STEPS) this.#steps.splice(FIRST_STEPS, 1);
    const step: ClientReportEvent = { type, at_ms: Math.round(at - this.#begin) };
    this.#steps.push(detail ? { ...step, detail } : step);
    if (type === 'grant') this.#sendIn(AFTER_GRANT_MS);
    if (type === 'connected') this.#sendIn(AFTER_CONNECTION_MS);
  }

  /** Goes on with what the page before has seen. */
  resume({ beganAt, steps }: ClientSteps): void {
    this.#begin = tickOf(beganAt);
    this.#steps = steps;
    this.note('resumed');
  }

  /** For the next page. */
  get seen(): ClientSteps {
    const beganAt = Date.now() - (performance.now() - this.#begin);
    return { beganAt: Math.round(beganAt), steps: this.#steps };
  }

  /** All of it, as it is sent now. */
  report(connection: ClientConnection | null): ClientReport {
    const sent_at_ms = Math.round(performance.now() - this.#begin);
    return { sent_at_ms, timeline: this.#steps, connection };
  }

  /** The call is over: notes and sends nothing more. */
  stop(): void {
    this.#over = true;
    clearTimeout(this.#timer);
  }

  /** A sink that notes what passes. */
  watch(sink: CallSink): CallSink {
    return {
      ...sink,
      dispatch: (action) => {
        if (action.type === 'connectionBroke') this.note('reconnecting');
        if (action.type === 'connectionCameBack') this.note('reconnected');
        sink.dispatch(action);
      },
      emit: (name, payload) => {
        if ('stage' in payload) this.note(payload.stage);
        if (name === 'muted' && 'muted' in payload) this.note(payload.muted ? 'muted' : 'unmuted');
        if ('blocked' in payload) this.note(payload.blocked ? 'audio_blocked' : 'audio_allowed');
        if ('summary' in payload) this.note('error', { code: payload.code });
        sink.emit(name, payload);
      },
    };
  }

  #sendIn(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#send();
      this.#sendIn(EVERY_MS);
    }, ms);
  }
}
