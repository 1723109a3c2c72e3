/** The trace of a call: its ids are made of the call's, so that every process knows them and none has to keep anything. */
import { createHash, randomBytes } from 'node:crypto';
import type { Tracer } from '../ports/tracer.js';

/** Where the spans of a call belong. */
export interface CallTrace {
  /** 32 hexadecimal digits. */
  traceId: string;
  /** Of the span of the call itself; 16 hexadecimal digits. */
  rootSpanId: string;
}

/** `null`: the call is not traced. */
export function traceOf(tracer: Tracer | undefined, callId: string): CallTrace | null {
  const trace = idsOf(callId);
  return tracer?.isSampled(trace.traceId) ? trace : null;
}

/** W3C Trace Context for whoever goes on with the call, with whether it is traced; `null`: nothing is traced here. */
export function traceparentOf(tracer: Tracer | undefined, callId: string): string | null {
  if (!tracer) return null;
  const { traceId, rootSpanId } = idsOf(callId);
  return `00-${traceId}-${rootSpanId}-${tracer.isSampled(traceId) ? '01' : '00'}`;
}

/** Of a span that a call has once: written twice it is the same span. */
export function spanIdOf(callId: string, name: string): string {
  return hash(`span ${callId} ${name}`, 16);
}

/** Of a span of which a call may have several. */
export function newSpanId(): string {
  return randomBytes(8).toString('hex');
}

function idsOf(callId: string): CallTrace {
  return { traceId: hash(`trace ${callId}`, 32), rootSpanId: spanIdOf(callId, 'call') };
}

function hash(text: string, digits: number): string {
  return createHash('sha256').update(text).digest('hex').slice(0, digits);
}
