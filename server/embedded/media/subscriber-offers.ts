// Offers a client with two connections what it receives, one offer after the other.
import type { Downlink } from './downlink.js';
import { audioMid, OPUS, writeOffer } from './offer.js';
import { parseDescription, SdpError } from './sdp.js';
import type { TransportParameters } from './sdp-lines.js';
import type { Transport } from './transport.js';

/** An offer or an answer to the client, with the track of each section. */
export interface SentDescription {
  readonly sdp: string;
  readonly midToTrackId: Record<string, string>;
}

/** How offers reach the client. An answer names the offer by its `id`. */
export interface OfferEvents {
  offer(offer: SentDescription & { readonly id: number }): void;
  /** A candidate of the offered connection. */
  candidate(candidate: string): void;
}

/**
 * Candidates are sent after the first answer only: data from the client before the native library has the whole answer
 * may break the connection (it would check the certificate before it knows the fingerprint).
 */
export class SubscriberOffers {
  readonly #transport: Transport;
  readonly #downlink: Downlink;
  readonly #events: OfferEvents;
  #parameters: TransportParameters | undefined;
  #audios = 0;
  #id = 0;
  #isOpen = false;

  constructor(transport: Transport, downlink: Downlink, events: OfferEvents) {
    this.#transport = transport;
    this.#downlink = downlink;
    this.#events = events;
  }

  /**
   * Sends the first offer, even when there is nothing but data to receive. Rejects when the connection cannot be made.
   */
  async start(): Promise<void> {
    this.#parameters = await this.#transport.parameters();
    this.#downlink.settle();
    if (!this.#isOpen) this.offer(0);
  }

  /** Sends an offer with `more` audio sections more than before, at once or after the answer to the present one. */
  offer(more: number): void {
    if (!this.#parameters) return;
    this.#audios += more;
    this.#downlink.begin();
    const places = Array.from({ length: this.#audios }, (_, index) => ({
      mid: audioMid(index),
      payloadType: OPUS,
      isOpen: true,
    }));
    const outgoing = this.#downlink.place(places);
    this.#id += 1;
    this.#isOpen = true;
    this.#events.offer({
      id: this.#id,
      sdp: writeOffer(this.#parameters, this.#audios, outgoing, this.#id),
      midToTrackId: tracksOf(outgoing),
    });
  }

  /** Takes the answer to the latest offer; ignores any other. Throws `SdpError` when it cannot be used. */
  accept(sdp: string, id: number): void {
    // Older clients do not send the id back.
    if (!this.#isOpen || (id !== 0 && id !== this.#id)) return;
    const answer = parseDescription(sdp);
    if (answer.sections.length !== this.#audios + 1) {
      throw SdpError.because('the answer has other sections than the offer');
    }
    this.#isOpen = false;
    if (this.#transport.accept(answer)) {
      this.#parameters?.candidates.forEach((one) => this.#events.candidate(one));
    }
    const refused = answer.sections.filter((one) => one.rejected || one.direction === 'inactive');
    this.#downlink.settle(new Set(refused.map((section) => section.mid)));
  }
}

/** The sid of the track in each section, which clients are told besides the SDP. */
export function tracksOf(
  outgoing: ReadonlyMap<string, { readonly trackSid: string }>,
): Record<string, string> {
  return Object.fromEntries([...outgoing].map(([mid, { trackSid }]) => [mid, trackSid]));
}
