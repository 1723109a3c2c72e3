// Delivers signed webhooks: in order within a room, with retries while the receiver fails.
import { createHash } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import { WebhookEvent } from '@livekit/protocol';
import type { ParticipantInfo, Room as RoomInfo, TrackInfo } from '@livekit/protocol';
import { mintToken } from '../access-token.js';
import type { KeyPair } from '../access-token.js';
import { newId } from '../ids.js';
import { log } from '../log.js';

/** What an event is about. */
export interface WebhookFields {
  readonly room: RoomInfo;
  readonly participant?: ParticipantInfo;
  readonly track?: TrackInfo;
}

interface Queue {
  readonly events: WebhookEvent[];
  running: boolean;
}

const RETRY_DELAYS_MS = [1000, 2000, 4000, 8000];
const MAX_AGE_MS = 30_000;
const MAX_DEPTH = 200;
const ATTEMPT_TIMEOUT_MS = 10_000;
const TOKEN_SECONDS = 300;

/**
 * A queue for each room. An event is dropped when the receiver fails for longer than the retries, after 30 s at most.
 */
export class Webhooks {
  readonly #url: string | undefined;
  readonly #keys: KeyPair;
  readonly #queues = new Map<string, Queue>();
  readonly #stop = new AbortController();

  constructor(url: string | undefined, keys: KeyPair) {
    this.#url = url;
    // Every queue that waits or posts listens to the signal.
    setMaxListeners(0, this.#stop.signal);
    this.#keys = keys;
  }

  /** Queues an event and returns at once. */
  emit(event: string, fields: WebhookFields): void {
    if (!this.#url) return;
    const { room, participant, track } = fields;
    const message = new WebhookEvent({
      event,
      id: newId('EV_'),
      createdAt: BigInt(Math.floor(Date.now() / 1000)),
      room,
      ...(participant ? { participant } : {}),
      ...(track ? { track } : {}),
    });
    const queue = this.#queues.get(room.name) ?? { events: [], running: false };
    this.#queues.set(room.name, queue);
    if (queue.events.length >= MAX_DEPTH) {
      log('warn', 'webhook queue is full', { event, room: room.name });
      return;
    }
    queue.events.push(message);
    if (!queue.running) void this.#drain(room.name, queue);
  }

  /** Waits until all queues are empty, for at most `timeoutMs`, then drops what is left. */
  async close(timeoutMs: number): Promise<void> {
    const end = Date.now() + timeoutMs;
    while (this.#queues.size > 0 && Date.now() < end) await pause(20, this.#stop.signal);
    this.#stop.abort();
  }

  async #drain(name: string, queue: Queue): Promise<void> {
    queue.running = true;
    for (let next = queue.events.shift(); next; next = queue.events.shift()) {
      await this.#deliver(next).catch((error: unknown) => {
        log('error', 'webhook failed', { event: next?.event, error: String(error) });
      });
    }
    queue.running = false;
    this.#queues.delete(name);
  }

  async #deliver(event: WebhookEvent): Promise<void> {
    if (Date.now() - Number(event.createdAt) * 1000 > MAX_AGE_MS + 1000) {
      log('warn', 'webhook dropped: too old', { event: event.event });
      return;
    }
    const body = event.toJsonString();
    const sha256 = createHash('sha256').update(body).digest('base64');
    const expiresAt = Math.floor(Date.now() / 1000) + TOKEN_SECONDS;
    const authorization = await mintToken({ sha256 }, '', expiresAt, this.#keys);
    for (const delay of [...RETRY_DELAYS_MS, 0]) {
      const outcome = await this.#post(body, authorization);
      if (outcome === 'taken') return;
      if (delay > 0) await pause(outcome.waitMs ?? delay, this.#stop.signal);
      if (this.#stop.signal.aborted) return;
    }
    log('warn', 'webhook not delivered', { event: event.event });
  }

  /** Posts an event once. Every answer but those that ask for a retry counts as delivered. */
  async #post(body: string, authorization: string): Promise<'taken' | { waitMs?: number }> {
    // `AbortSignal.any` in Node 20 holds its sources weakly: an `AbortSignal.timeout` in it may never fire.
    const limit = new AbortController();
    const timer = setTimeout(() => limit.abort(), ATTEMPT_TIMEOUT_MS);
    try {
      const response = await fetch(this.#url ?? '', {
        method: 'POST',
        headers: {
          'content-type': 'application/webhook+json',
          'user-agent': 'LiveKit',
          authorization,
        },
        body,
        signal: AbortSignal.any([this.#stop.signal, limit.signal]),
      });
      await response.body?.cancel();
      const { status } = response;
      if (status !== 429 && (status < 500 || status === 501)) return 'taken';
      const seconds = Number(response.headers.get('retry-after') ?? NaN);
      const asked = (status === 429 || status === 503) && seconds > 0;
      return asked ? { waitMs: Math.min(seconds * 1000, MAX_AGE_MS) } : {};
    } catch {
      return {};
    } finally {
      clearTimeout(timer);
    }
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, ms);
    function done(): void {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    }
    signal.addEventListener('abort', done, { once: true });
  });
}
