/** A language model that is not waited for for ever: it may be down, slow, talk nonsense or forget to end. */
import {
  APIConnectionError,
  APITimeoutError,
  DEFAULT_API_CONNECT_OPTIONS,
  llm,
} from '@livekit/agents';
import type { APIConnectOptions } from '@livekit/agents';
import type { ProviderWatch } from './provider-watch.js';
import { LATE, within } from './within.js';

/** A model that has begun to answer may be silent for so long; what it said till then is its answer. */
const STALL_MS = 3_000;
/** It may take so long for a character: drops that come and come are no silence, and no talk. */
const SLOWEST_MS = 250;
/** Nobody is talked to for longer: about twenty minutes. */
const LONGEST_ANSWER = 20_000;

type Request = Parameters<llm.LLM['chat']>[0];

/** The model of a provider, under the name that the record has for it. */
export class WatchedLlm extends llm.LLM {
  readonly #model: llm.LLM;
  readonly #name: string;
  readonly #watch: ProviderWatch;

  constructor(model: llm.LLM, name: string, watch: ProviderWatch) {
    super();
    this.#model = model;
    this.#name = name;
    this.#watch = watch;
    this.on('error', ({ error, recoverable }) => {
      if (!recoverable) watch.failed('llm', name, error);
    });
    model.on('metrics_collected', (metrics) => this.emit('metrics_collected', metrics));
    // Each answer keeps its own error; without a listener the emitter would throw it.
    model.on('error', () => undefined);
  }

  override label(): string {
    return this.#model.label();
  }

  override get model(): string {
    return this.#model.model;
  }

  override get provider(): string {
    return this.#model.provider;
  }

  /** The first word or function call has to come within `connOptions.timeoutMs`, whatever else may come. */
  override chat(request: Request): llm.LLMStream {
    return new WatchedAnswer(this, request, this.#model, this.#name, this.#watch);
  }

  override prewarm(): void {
    this.#model.prewarm();
  }

  override async aclose(): Promise<void> {
    await Promise.all([super.aclose(), this.#model.aclose()]);
  }
}

class WatchedAnswer extends llm.LLMStream {
  readonly #request: Request;
  readonly #model: llm.LLM;
  readonly #name: string;
  readonly #watch: ProviderWatch;

  constructor(
    owner: WatchedLlm,
    request: Request,
    model: llm.LLM,
    name: string,
    watch: ProviderWatch,
  ) {
    const { chatCtx, toolCtx, connOptions = DEFAULT_API_CONNECT_OPTIONS } = request;
    super(owner, { chatCtx, ...(toolCtx ? { toolCtx } : {}), connOptions });
    this.#request = request;
    this.#model = model;
    this.#name = name;
    this.#watch = watch;
  }

  /** Its figures are those of the stream inside. */
  protected override async monitorMetrics(): Promise<void> {
    for await (const chunk of this.queue) {
      if (this.abortController.signal.aborted) break;
      this.output.put(chunk);
    }
    if (!this.output.closed) this.output.close();
  }

  protected override async run(): Promise<void> {
    const options: APIConnectOptions = { ...this.connOptions, maxRetry: 0 };
    const { signal } = this.abortController;
    let failure: Error | null = null;
    const fail = ({ error }: { error: Error }): void => void (failure = error);
    this.#model.on('error', fail);
    const stream = this.#model.chat({ ...this.#request, connOptions: options });
    const stop = (): void => stream.close();
    signal.addEventListener('abort', stop, { once: true });
    let length = 0;
    let hasAnswered = false;
    let began = 0;
    let deadline = performance.now() + options.timeoutMs;
    try {
      while (!signal.aborted) {
        const next = await within(stream.next(), deadline - performance.now());
        if (next !== LATE && next.done) break;
        const now = performance.now();
        const isAnswer = next !== LATE && saysSomething(next.value);
        if (isAnswer) deadline = now + STALL_MS;
        if (next === LATE || now > deadline) {
          failure = hasAnswered
            ? new Error(`it forgot to end its answer, and was silent for ${STALL_MS / 1000} s`)
            : new APITimeoutError({
                message: `no word came within ${options.timeoutMs} ms`,
                options: { retryable: false },
              });
          break;
        }
        // Nobody could step in any more for a model whose spaces were passed on.
        if (!hasAnswered && !isAnswer && llm.hasResponse(next.value)) continue;
        length += lengthOf(next.value);
        if (length > LONGEST_ANSWER) {
          failure = new Error(`its answer had more than ${LONGEST_ANSWER} characters`);
          break;
        }
        if (isAnswer && !hasAnswered) began = now;
        hasAnswered ||= isAnswer;
        if (isAnswer) this.#watch.mark(next.value, this.#name);
        this.queue.put(next.value);
        if (hasAnswered && now - began > STALL_MS + SLOWEST_MS * length) {
          failure = new Error('its answer came too slowly');
          break;
        }
      }
    } finally {
      signal.removeEventListener('abort', stop);
      this.#model.off('error', fail);
      stop();
    }
    if (signal.aborted) return;
    // Nothing at all is an answer only to what a function said.
    const mayBeSilent = this.chatCtx.items.at(-1)?.type === 'function_call_output';
    if (!hasAnswered && !failure && !mayBeSilent) {
      failure = new APIConnectionError({ message: 'it answered nothing' });
    }
    if (!failure) return;
    if (!hasAnswered) throw failure;
    // What was said was said: it stands, and nobody begins it anew.
    this.#watch.failed('llm', this.#name, failure);
  }
}

/** Words or a function call; spaces are neither. */
function saysSomething({ delta }: llm.ChatChunk): boolean {
  return Boolean(delta?.content?.trim()) || Boolean(delta?.toolCalls?.length);
}

/** Of the words, and of what functions are called with. */
function lengthOf({ delta }: llm.ChatChunk): number {
  const calls = delta?.toolCalls ?? [];
  return calls.reduce(
    (sum, { name, args }) => sum + name.length + args.length,
    delta?.content?.length ?? 0,
  );
}
