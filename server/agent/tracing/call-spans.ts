/** What the framework's spans lack: one id for the conversation, and a place for the recognition of what was said. */
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

/** Of the spans of one call. */
export class CallSpans implements SpanProcessor {
  readonly #callId: string;
  #turn: Span | null = null;

  constructor(callId: string) {
    this.#callId = callId;
  }

  onStart(span: Span): void {
    if (span.name === USER_TURN) this.#turn = span;
  }

  /** The framework has the media server's id of the room there, which stands nowhere else. */
  onEnding(span: Span): void {
    if (CONVERSATION in span.attributes) span.setAttribute(CONVERSATION, this.#callId);
  }

  onEnd(_span: ReadableSpan): void {}

  /** Below the caller's turn that is going on, else below `context`. */
  recognised(tracer: Tracer, context: Context, recognition: Recognition): void {
    const { provider, model, startedAt, endedAt, error } = recognition;
    const parent = this.#turn?.isRecording() ? trace.setSpan(context, this.#turn) : context;
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

  async forceFlush(): Promise<void> {}

  async shutdown(): Promise<void> {}
}
