/** What the framework's spans lack: one id for the conversation, a place for the recognition of what was said, and an end for some. */
import { SpanStatusCode, trace } from '@opentelemetry/api';
import type { Context, Tracer } from '@opentelemetry/api';
import type { ReadableSpan, Span, SpanProcessor } from '@opentelemetry/sdk-trace';

/** An utterance that was recognised, or was not. Times are milliseconds of this clock. */
export interface Recognition {
  provider: string;
  model: string;
  startedAt: number;
  endedAt: number;
  error: unknown;
}

const CONVERSATION = 'gen_ai.conversation.id';
const USER_TURN = 'user_turn';
const REQUEST = 'llm_request';
const ATTEMPT = 'llm_request_run';

/** Of the spans of one call. */
export class CallSpans implements SpanProcessor {
  readonly #callId: string;
  readonly #open = new Map<string, Span>();
  /** Requests that only hand on to another request: the framework ends a request with its figures, which these have not. */
  readonly #handedOn = new Set<string>();

  constructor(callId: string) {
    this.#callId = callId;
  }

  onStart(span: Span): void {
    this.#open.set(span.spanContext().spanId, span);
    if (span.name !== REQUEST) return;
    const attempt = this.#parentOf(span);
    if (attempt?.name === ATTEMPT) this.#handedOn.add(attempt.parentSpanContext?.spanId ?? '');
  }

  /** The framework has the media server's id of the room there, which stands nowhere else. */
  onEnding(span: Span): void {
    if (CONVERSATION in span.attributes) span.setAttribute(CONVERSATION, this.#callId);
  }

  onEnd(span: ReadableSpan): void {
    this.#open.delete(span.spanContext().spanId);
    this.#handedOn.delete(span.spanContext().spanId);
    if (span.name !== ATTEMPT) return;
    const request = this.#parentOf(span);
    if (request && this.#handedOn.has(request.spanContext().spanId)) request.end();
  }

  /** Below the caller's turn that is going on, else below `context`. */
  recognised(tracer: Tracer, context: Context, recognition: Recognition): void {
    const { provider, model, startedAt, endedAt, error } = recognition;
    const turn = [...this.#open.values()].findLast(({ name }) => name === USER_TURN);
    const parent = turn ? trace.setSpan(context, turn) : context;
    const attributes = {
      'gen_ai.operation.name': 'transcription',
      'gen_ai.provider.name': provider,
      'gen_ai.request.model': model,
      [CONVERSATION]: this.#callId,
    };
    const span = tracer.startSpan('recognition', { startTime: startedAt, attributes }, parent);
    if (error !== undefined) {
      span.setStatus({ code: SpanStatusCode.ERROR });
      span.setAttribute('error.type', error instanceof Error ? error.constructor.name : 'error');
    }
    span.end(endedAt);
  }

  /** The call is over, and with it all that was going on: a span that does not end is never told. */
  endAll(): void {
    for (const span of [...this.#open.values()].reverse()) span.end();
  }

  #parentOf({ parentSpanContext }: Pick<ReadableSpan, 'parentSpanContext'>): Span | undefined {
    return this.#open.get(parentSpanContext?.spanId ?? '');
  }

  async forceFlush(): Promise<void> {}

  async shutdown(): Promise<void> {}
}
