/** What the domain asks of whoever keeps traces. */

/** One span, over. No word of a caller or an agent belongs in it. */
export interface SpanRecord {
  trace_id: string;
  span_id: string;
  /** `null`: the root of its trace. */
  parent_span_id: string | null;
  name: string;
  /** `client`: it waited for somebody else's server. */
  kind: 'internal' | 'server' | 'client';
  started_at: Date;
  ended_at: Date;
  /** What is `null` is left out. */
  attributes: Readonly<Record<string, string | number | boolean | null>>;
  /** A word for what went wrong, such as a status or an error code; `null`: nothing did. */
  error: string | null;
}

/** Takes spans, and never throws nor waits: what cannot be delivered is dropped. */
export interface Tracer {
  /** Of each trace the same, by whichever process. */
  isSampled(traceId: string): boolean;
  export(spans: readonly SpanRecord[]): void;
}
