/** Sends to the call's record what its page has seen. */
import type { PagePort } from '../page/page-port.js';
import { bodyOf, terminateBody, type CallTicket, type RestClient } from '../rest/rest-client.js';
import { ClientTimeline } from './client-timeline.js';
import type { RunPhase } from './run-phase.js';

/** The reporter of one call. What cannot be sent is lost: no call fails for it. */
export class CallReporter {
  readonly seen: ClientTimeline;
  readonly #rest: RestClient;
  readonly #page: PagePort;
  readonly #phase: () => RunPhase;

  /** `intentAt`: see `ClientTimeline`. */
  constructor(rest: RestClient, page: PagePort, phase: () => RunPhase, intentAt: number | null) {
    this.#rest = rest;
    this.#page = page;
    this.#phase = phase;
    this.seen = new ClientTimeline(intentAt, () => this.report(phase().ticket));
  }

  report(ticket: CallTicket | undefined): void {
    if (ticket) this.#post(ticket, '/client-report', this.#body(ticket));
  }

  /** Of a page that is closing: ends the call. */
  leave(ticket: CallTicket): void {
    this.#leaveBehind(ticket, '/terminate', terminateBody(ticket, 'page_closed'));
  }

  /** Of a page that is closing: the last report. */
  reportAtLast(ticket: CallTicket): void {
    this.#leaveBehind(ticket, '/client-report', this.#body(ticket));
  }

  #body(ticket: CallTicket): string {
    return bodyOf(ticket, this.seen.report(this.#phase().session?.figures ?? null));
  }

  #leaveBehind(ticket: CallTicket, verb: string, body: string): void {
    if (!this.#page.beacon(this.#rest.urlOf(ticket, verb), body)) this.#post(ticket, verb, body);
  }

  #post(ticket: CallTicket, verb: string, body: string): void {
    this.#rest.tell(ticket, verb, body).catch(() => {});
  }
}
