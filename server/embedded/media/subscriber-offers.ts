// Offers a client with a second connection what it receives there, one offer after the other.
import type { Downlink } from './downlink.js';
import { audioMid, OPUS, writeOffer } from './offer.js';
import { parseDescription, SdpError } from './sdp.js';
import type { TransportParameters } from './sdp-lines.js';
import type { Transport } from './transport.js';

/** An offer or an answer on its way to the client. */
export interface SentDescription {
  readonly sdp: string;
  readonly midToTrackId: Record<string, string>;
}

export interface OfferEvents {
  offer(offer: SentDescription & { readonly id: number }): void;
  /** An address of the offered connection. */
  candidate(candidate: string): void;
}

/**
 * The addresses follow the first answer: what a client sends before the native library has all of its answer may break the
 * connection (the check of the certificate would run before its fingerprint is known).
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

  /** Sends the first offer, also when there is nothing to receive but data. Rejects when the connection cannot be made. */
  async start(): Promise<void> {
    this.#parameters = await this.#transport.parameters();
    this.#downlink.settle();
    if (!this.#isOpen) this.offer(0);
  }

  /** Offers so many audio sections more than before. */
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

  /** Takes the answer to the latest offer, and no other. Throws `SdpError` for junk. */
  accept(sdp: string, id: number): void {
    // Older clients do not repeat the number.
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

/** Section → the sid of the track in it, as clients are told besides the SDP. */
export function tracksOf(
  outgoing: ReadonlyMap<string, { readonly trackSid: string }>,
): Record<string, string> {
  return Object.fromEntries([...outgoing].map(([mid, { trackSid }]) => [mid, trackSid]));
}
