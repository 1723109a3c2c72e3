/** What an agent tells while the call goes on: turns, functions, notes, and that it answered. */
import type { AgentJobEvent } from '../../../sdk/wire/agent-job.js';
import { changeFor } from '../calls/apply-event.js';
import { newId } from '../ids.js';
import type { DomainPorts } from '../ports/domain-ports.js';
import type { CallRow, TimelineRow } from '../ports/rows.js';
import type { CallChange } from '../ports/store.js';
import { findJob } from './find-job.js';
import { turnRows, within } from './turn-rows.js';
import type { TurnDraft } from './turn-rows.js';

/** Stores what is new and ignores what was told before. Throws `token_invalid`. */
export async function reportEvents(
  ports: DomainPorts,
  callId: string,
  jobToken: string,
  events: readonly AgentJobEvent[],
): Promise<{ next_seq: number }> {
  await findJob(ports, callId, jobToken);
  const now = ports.clock.now();
  const result = await ports.store.changeCall(callId, (call) => changeOf(call, events, now));
  if (events.some((event) => event.type === 'turn' && event.latency)) {
    await noteLatency(ports, callId);
  }
  return { next_seq: result?.call.next_event_seq ?? 1 };
}

/** The history shows one figure a call: the median of the agent's turns. */
async function noteLatency(ports: DomainPorts, callId: string): Promise<void> {
  const totals = (await ports.store.listTurns(callId))
    .flatMap((turn) => turn.latency?.total_ms ?? [])
    .sort((a, b) => a - b);
  const median = totals[Math.floor((totals.length - 1) / 2)];
  if (median === undefined) return;
  await ports.store.changeCall(callId, () => ({ changes: { latency_ms: median } }));
}

function changeOf(call: CallRow, events: readonly AgentJobEvent[], now: Date): CallChange | null {
  const fresh = events.filter((event) => event.seq >= call.next_event_seq);
  if (fresh.length === 0) return null;
  const turns = turnRows(call, fresh.flatMap(draftOf), 'agent', now);
  const answer = fresh.some((event) => event.type === 'answered')
    ? changeFor(call, { type: 'agent_answered' }, now)
    : null;
  return {
    changes: {
      ...answer?.changes,
      next_event_seq: Math.max(...fresh.map((event) => event.seq)) + 1,
      turn_count: call.turn_count + turns.length,
    },
    timeline: [...(answer?.timeline ?? []), ...fresh.flatMap((event) => rowOf(call, event, now))],
    turns,
  };
}

function draftOf(event: AgentJobEvent): TurnDraft[] {
  if (event.type !== 'turn') return [];
  return [
    {
      turn_id: event.turn_id,
      role: event.role,
      content: event.content,
      started_at: new Date(event.started_at),
      ended_at: new Date(event.ended_at),
      interrupted: event.interrupted ?? false,
      confidence: event.confidence ?? null,
      intent: event.intent ?? null,
      latency: event.latency ?? null,
    },
  ];
}

function rowOf(call: CallRow, event: AgentJobEvent, now: Date): TimelineRow[] {
  const row = (type: string, at: string, detail: Record<string, unknown>): TimelineRow[] => [
    {
      id: newId('ev'),
      call_id: call.id,
      type,
      at: within(call, new Date(at), now),
      source: 'agent',
      status: null,
      detail,
    },
  ];
  if (event.type === 'function') {
    const { name, ok, latency_ms, error } = event;
    return row('function_called', event.at, { name, ok, latency_ms, ...(error ? { error } : {}) });
  }
  if (event.type === 'note') return row(event.name, event.at, event.detail ?? {});
  return [];
}
