/** A recogniser of whole utterances that is not waited for for ever. */
import { stt } from '@livekit/agents';
import type { ProviderWatch } from './provider-watch.js';
import { LATE, within } from './within.js';

/** How it is asked. */
export interface WatchedSttOptions {
  /** As the record names it. */
  name: string;
  /** Milliseconds that one try may take. */
  timeoutMs: number;
  /** Tries for one utterance; what is too late is not tried again. */
  tries: number;
}

/** The recogniser of a provider, under the name that the record has for it. */
export class WatchedStt extends stt.STT {
  readonly label: string;
  readonly #recogniser: stt.STT;
  readonly #options: WatchedSttOptions;
  readonly #watch: ProviderWatch;
  readonly #onFailure = new Set<() => void>();

  constructor(recogniser: stt.STT, options: WatchedSttOptions, watch: ProviderWatch) {
    super(recogniser.capabilities);
    this.label = recogniser.label;
    this.#recogniser = recogniser;
    this.#options = options;
    this.#watch = watch;
    recogniser.on('metrics_collected', (metrics) => this.emit('metrics_collected', metrics));
  }

  override get model(): string {
    return this.#recogniser.model;
  }

  /** By which the framework says who recognised last. */
  override get provider(): string {
    return this.#options.name;
  }

  /** Its figures are those of the recogniser inside, which goes on to its end where nobody waits for it any more. */
  override recognize(
    frame: Parameters<stt.STT['recognize']>[0],
    abortSignal?: AbortSignal,
  ): Promise<stt.SpeechEvent> {
    const recognition = this._recognize(frame, abortSignal);
    this.#watch.lastWords.follow(recognition);
    return abortSignal ? unlessAborted(recognition, abortSignal) : recognition;
  }

  /** Rejects when every try has failed. */
  protected override async _recognize(
    frame: Parameters<stt.STT['recognize']>[0],
    abortSignal?: AbortSignal,
  ): Promise<stt.SpeechEvent> {
    const { name, timeoutMs, tries } = this.#options;
    const startedAt = Date.now();
    let failure: unknown;
    for (let i = 0; i < tries; i += 1) {
      const timeout = AbortSignal.timeout(timeoutMs);
      try {
        const event = await within(this.#recogniser.recognize(frame, timeout), timeoutMs);
        if (event !== LATE) {
          this.#watch.heard(name);
          this.#tell(startedAt);
          return event;
        }
        failure = new Error(`no words came within ${timeoutMs} ms`);
        break;
      } catch (error) {
        failure = timeout.aborted ? new Error(`no words came within ${timeoutMs} ms`) : error;
        if (timeout.aborted || abortSignal?.aborted) break;
      }
    }
    this.#tell(startedAt, failure);
    if (!abortSignal?.aborted) {
      this.#watch.failed('transcriber', name, failure);
      for (const told of [...this.#onFailure]) told();
    }
    throw failure;
  }

  #tell(startedAt: number, error?: unknown): void {
    const { name: provider } = this.#options;
    const { model } = this;
    this.#watch.recognised({ provider, model, startedAt, endedAt: Date.now(), error });
  }

  /** A stream of its own, which ends when it fails: the framework's passes over what was not recognised. */
  inStreams(vad: ConstructorParameters<typeof stt.StreamAdapter>[1]): stt.STT {
    const adapter = new stt.StreamAdapter(this, vad);
    const open = adapter.stream.bind(adapter);
    adapter.stream = (options) => {
      const stream = open(options);
      const close = stream.close.bind(stream);
      const end = (): void => {
        this.#onFailure.delete(end);
        close();
      };
      stream.close = end;
      this.#onFailure.add(end);
      return stream;
    };
    return Object.defineProperty(adapter, 'provider', { value: this.provider });
  }

  override stream(): stt.SpeechStream {
    throw new Error('It takes whole utterances: wrap it in stt.StreamAdapter.');
  }
}

function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(signal.reason as Error);
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}
