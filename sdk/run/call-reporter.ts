/** Sends to the call's record what its page has seen. */
import type { PagePort } from '../page/page-port.js';
import { bodyOf, terminateBody, type CallTicket, type RestClient } from '../rest/rest-client.js';
import { ClientTimeline } from './client-timeline.js';
import type { TerminateWebCallResponse } from '../wire/web-call.js';
import type { Closing } from './closing.js';
import type { RunPhase } from './run-phase.js';
import { settleEnd } from './settle-end.js';

/** What a page has seen of its call. */
export type SeenByPage = ReturnType<ClientTimeline['report']>;

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

  /**
   * Ends the call at the server, and reports. Resolves with how it ended, as far as the server knows. `granting`: a grant that
   * is still on its way, the first or a renewed one, makes another call, which has to be terminated too.
   */
  async settle(
    closing: Closing,
    granting: Promise<unknown> | null,
  ): Promise<TerminateWebCallResponse | null> {
    const known = this.#phase().ticket;
    const tell = (ticket: CallTicket) => {
      const answer = settleEnd(this.#rest, ticket, closing);
      this.report(ticket);
      return answer;
    };
    const answer = known && closing.kind !== 'page_closed' ? tell(known) : null;
    await granting?.catch(() => {});
    const late = this.#phase().ticket;
    return late && late !== known ? tell(late) : answer;
  }

  report(ticket: CallTicket | undefined): void {
    if (ticket) this.#post(ticket, '/client-report', this.#body(ticket));
  }

  /** Of a page that is closing: ends the call, unless the next page `mayReturn` to it. */
  leave(ticket: CallTicket, mayReturn: boolean): void {
    const sid = mayReturn ? this.#phase().session?.sid : undefined;
    const leaving = sid ? { may_return: true, participant_sid: sid } : {};
    this.#leaveBehind(ticket, '/terminate', terminateBody(ticket, 'page_closed', leaving));
  }

  /** Of a page that is closing: the last report. */
  reportAtLast(ticket: CallTicket): void {
    this.#leaveBehind(ticket, '/client-report', this.#body(ticket));
  }

  /** All of it. */
  get all(): SeenByPage {
    return this.seen.report(this.#phase().session?.figures ?? null);
  }

  #body(ticket: CallTicket): string {
    return bodyOf(ticket, this.all);
  }

  #leaveBehind(ticket: CallTicket, verb: string, body: string): void {
    if (!this.#page.beacon(this.#rest.urlOf(ticket, verb), body)) this.#post(ticket, verb, body);
  }

  #post(ticket: CallTicket, verb: string, body: string): void {
    this.#rest.tell(ticket, verb, body).catch(() => {});
  }
}
