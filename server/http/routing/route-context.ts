/** What every group of routes is given. */
import type { Guards } from '../access/guards.js';
import type { KnownJobs } from '../access/known-jobs.js';
import type { RateLimiter, RateRule } from '../rate-limit/rate-limit.js';
import type { Domain } from '../../domain/create-domain.js';
import type { RoomEvent } from '../../domain/rooms/apply-room-event.js';

/** Rules per kind of bucket. */
export interface Rates {
  /** One key. */
  key: RateRule;
  /** Calls that one address may start. */
  visitor: RateRule;
  /** What pages of one address may read of agents. */
  reader: RateRule;
  /** Requests of one address with a call's token. */
  caller: RateRule;
  /** Requests of one agent's job. */
  job: RateRule;
  /** Any request of one address, but those of jobs that are known. */
  address: RateRule;
}

/** The parts that routes are made of, with those verbs of the domain that they call. */
export interface RouteContext<Verb extends keyof Domain = never> {
  verbs: Pick<Domain, Verb>;
  guards: Guards;
  limiter: RateLimiter;
  rates: Rates;
  jobs: KnownJobs;
  /** Signs the links of recordings. */
  linkSecret: string;
  /** The address at which this server is seen; links begin with it. */
  publicUrl: string;
  /** Whether a call that starts now can run; the routes that start calls ask first. */
  isMediaReady(): Promise<boolean>;
  webhook: WebhookReader;
}

/** How LiveKit's webhooks are told from others, and read. */
export interface WebhookReader {
  /** Answers what tells the signed body from every other; `null` when LiveKit signed none. */
  verify(authorization: string | undefined): Promise<((body: Uint8Array) => boolean) | null>;
  /** Answers the event that the body tells of; `null` when it tells of none. */
  read(json: unknown): RoomEvent | null;
}
