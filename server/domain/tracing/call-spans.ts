/** The server's half of a call's trace, made of the record once the call is over. Pure. */
import type { CallRow } from '../ports/rows.js';
import type { SpanRecord } from '../ports/tracer.js';
import type { CallTrace } from './call-trace.js';
import { spanIdOf } from './call-trace.js';

/** What the trace tells of a call. */
export type TracedCall = Pick<
  CallRow,
  | 'id'
  | 'status'
  | 'end_reason'
  | 'entry_point'
  | 'call_direction'
  | 'agent_id'
  | 'agent_name'
  | 'agent_version_id'
  | 'agent_version_number'
  | 'created_at'
  | 'started_at'
  | 'agent_joined_at'
  | 'answered_at'
  | 'ended_at'
  | 'duration_ms'
  | 'turn_count'
  | 'latency_ms'
  | 'recording_status'
  | 'recording_started_at'
  | 'recording_bytes'
>;

/** The call, and below it the waiting for either side, the conversation, and the recording: those that there were. */
export function callSpans(call: TracedCall, { traceId, rootSpanId }: CallTrace): SpanRecord[] {
  const { created_at, started_at, answered_at, ended_at } = call;
  if (!ended_at) return [];
  const child = (
    name: string,
    from: Date | null,
    to: Date | null,
    attributes: SpanRecord['attributes'] = {},
  ): SpanRecord[] => {
    if (!from || from > ended_at) return [];
    return [
      {
        trace_id: traceId,
        span_id: spanIdOf(call.id, name),
        parent_span_id: rootSpanId,
        name,
        kind: 'internal',
        started_at: from,
        ended_at: laterOf(from, to && to < ended_at ? to : ended_at),
        attributes,
        error: null,
      },
    ];
  };
  const root: SpanRecord = {
    trace_id: traceId,
    span_id: rootSpanId,
    parent_span_id: null,
    name: 'call',
    kind: 'server',
    started_at: created_at,
    ended_at: laterOf(created_at, ended_at),
    attributes: attributesOf(call),
    error: hasFailed(call) ? call.end_reason : null,
  };
  const { recording_status: status, recording_bytes: bytes } = call;
  return [
    root,
    ...child('await_caller', created_at, started_at),
    ...child('await_agent', started_at, answered_at ?? call.agent_joined_at),
    ...child('conversation', answered_at, ended_at),
    ...child('recording', call.recording_started_at, ended_at, {
      'dialnexa.recording.status': status,
      'dialnexa.recording.bytes': bytes,
    }),
  ];
}

function attributesOf(call: TracedCall): SpanRecord['attributes'] {
  return {
    'dialnexa.call.id': call.id,
    'dialnexa.call.status': call.status,
    'dialnexa.call.end_reason': call.end_reason,
    'dialnexa.call.entry_point': call.entry_point,
    'dialnexa.call.direction': call.call_direction,
    'dialnexa.call.duration_ms': call.duration_ms,
    'dialnexa.call.turns': call.turn_count,
    'dialnexa.call.latency_ms': call.latency_ms,
    'dialnexa.agent.version_id': call.agent_version_id,
    'gen_ai.conversation.id': call.id,
    'gen_ai.agent.id': call.agent_id,
    'gen_ai.agent.name': call.agent_name,
    'gen_ai.agent.version': String(call.agent_version_number),
  };
}

function hasFailed({ status }: TracedCall): boolean {
  return status === 'failed' || status === 'no_answer';
}

function laterOf(one: Date, other: Date): Date {
  return other > one ? other : one;
}
