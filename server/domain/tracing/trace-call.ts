/** Writes the server's half of a call's trace once the call is over, from its record alone: nothing is held while it goes on. */
import type { ClaimedWork } from '../ports/call-work.js';
import type { DomainPorts } from '../ports/domain-ports.js';
import { callSpans } from './call-spans.js';
import { traceOf } from './call-trace.js';

/**
 * Safe to repeat: the spans have the same ids each time, and a call that has been analysed has been traced before. A call
 * whose agent has named a trace of its own is left to that.
 */
export async function traceCall(ports: DomainPorts, { call_id }: ClaimedWork): Promise<void> {
  const { store, tracer } = ports;
  const trace = traceOf(tracer, call_id);
  if (!tracer || !trace) return;
  const call = await store.findWholeCall(call_id);
  if (!call?.ended_at || call.analysis !== null) return;
  const { trace_id } = await store.findEvidence(call_id);
  if (trace_id !== null && trace_id !== trace.traceId) return;
  if (trace_id === null) {
    await store.changeCall(call_id, () => ({
      changes: {},
      evidence: { trace_id: trace.traceId },
    }));
  }
  tracer.export(callSpans(call, trace));
}
