/** What an agent tells while the call goes on: turns, functions, notes, and that it answered. */
import type {
  AgentJobEvent,
  AgentJobFunction,
  AgentJobNote,
  AgentJobTransfer,
} from '../../../sdk/wire/agent-job.js';
import { withLateNews } from '../after-end.js';
import { changeFor } from '../calls/apply-event.js';
import { OWN_TIMELINE_TYPES } from '../calls/call-event.js';
import { evidenceIn } from '../evidence/evidence-in.js';
import { redact } from '../evidence/redact.js';
import { DomainError } from '../errors/domain-error.js';
import { newId } from '../ids.js';
import { keepsWords } from '../keeps-words.js';
import type { DomainPorts } from '../ports/domain-ports.js';
import type { CallRow, TimelineRow } from '../ports/rows.js';
import type { CallChange } from '../ports/store.js';
import { checkJob } from '../tokens/find-job.js';
import { withinCall } from '../within-call.js';
import { UNSAID, turnRows } from './turn-rows.js';
import type { ReportedTurn } from './turn-rows.js';

/** Notes and functions with a higher number leave no row: a timeline is for people to read. */
const MAX_EVENTS = 10_000;
const MAX_DETAIL_CHARS = 4_000;

/** Stores what is new and ignores what was told before. Throws `token_invalid`. */
export async function reportEvents(
  ports: DomainPorts,
  callId: string,
  jobToken: string,
  events: readonly AgentJobEvent[],
): Promise<{ next_seq: number }> {
  const now = ports.clock.now();
  const result = await ports.store.changeCall(callId, (call) => {
    checkJob(call, jobToken, now);
    return changeOf(ports, call, events, now);
  });
  if (!result) throw DomainError.tokenInvalid();
  if (events.some((event) => event.type === 'turn' && event.latency)) {
    await ports.store.noteLatency(callId);
  }
  return { next_seq: result.call.next_event_seq };
}

function changeOf(
  ports: DomainPorts,
  call: CallRow,
  events: readonly AgentJobEvent[],
  now: Date,
): CallChange | null {
  const fresh = inOrder(events, call.next_event_seq);
  const last = fresh.at(-1);
  if (!last) return null;
  const answer = fresh.some((event) => event.type === 'answered')
    ? changeFor(call, { type: 'agent_answered' }, now)
    : null;
  const told = evidenceIn(ports, call, fresh, now);
  const change = {
    ...told,
    changes: { ...answer?.changes, ...told.changes, next_event_seq: last.seq + 1 },
    timeline: [
      ...(answer?.timeline ?? []),
      ...fresh.flatMap((event) => rowOf(call, event, now, ports.redactFields)),
    ],
    turns: turnRows(call, fresh.flatMap(turnIn), 'agent', now),
  };
  return withLateNews(call, change, now);
}

/** A number that comes again, or late, is a repeat. */
function inOrder(events: readonly AgentJobEvent[], from: number): AgentJobEvent[] {
  let next = from;
  return events.filter(({ seq }) => {
    if (seq < next) return false;
    next = seq + 1;
    return true;
  });
}

function turnIn(event: AgentJobEvent): ReportedTurn[] {
  if (event.type !== 'turn') return [];
  const { seq: _seq, type: _type, ...told } = event;
  const [started_at, ended_at] = [new Date(told.started_at), new Date(told.ended_at)];
  const heard = told.via === 'text' ? { confidence: null } : {};
  return [{ ...UNSAID, ...told, ...heard, started_at, ended_at }];
}

function rowOf(
  call: CallRow,
  event: AgentJobEvent,
  now: Date,
  names: readonly string[] | undefined,
): TimelineRow[] {
  if (event.seq > MAX_EVENTS || event.type === 'turn') return [];
  const told = contentOf(keepsWords(call) ? event : withoutWords(event), names);
  if (!told) return [];
  const at = withinCall(call, new Date(event.at), now);
  // An erased call takes no words any more, as erasing leaves none of those that were there.
  const kept = call.sensitive_delete ? { ...told, detail: {} } : told;
  return [{ id: newId('ev'), call_id: call.id, at, source: 'agent', status: null, ...kept }];
}

/** Whatever an agent notes may be words of the caller, but for these members of its own notes. */
const WORDLESS: Readonly<Record<string, readonly string[]>> = {
  provider_failed: ['part', 'provider'],
  text_refused: ['reason', 'times'],
  context_refused: ['reason', 'times'],
};

type RowEvent = Exclude<AgentJobEvent, { type: 'turn' }>;

function withoutWords(event: RowEvent): RowEvent {
  if (event.type === 'note') {
    const members = WORDLESS[event.name] ?? [];
    const detail = Object.entries(event.detail ?? {}).filter(([key]) => members.includes(key));
    return { ...event, detail: Object.fromEntries(detail) };
  }
  return 'error' in event ? { ...event, error: undefined } : event;
}

type RowContent = Pick<TimelineRow, 'type' | 'detail'>;

function contentOf(event: RowEvent, names: readonly string[] | undefined): RowContent | null {
  if (event.type === 'function') return functionCalled(event, names);
  if (event.type === 'transfer') return transferred(event);
  return event.type === 'note' ? noted(event) : null;
}

function functionCalled(event: AgentJobFunction, names: readonly string[] | undefined): RowContent {
  const { name, ok, latency_ms, error, source } = event;
  const whose = source === 'page' ? { source } : {};
  const why = error ? { error: redact(error, names) } : {};
  const detail = { name, ok, latency_ms, ...whose, ...why };
  return { type: 'function_called', detail };
}

function transferred({ to, status, error }: AgentJobTransfer): RowContent {
  const detail = { agent_id: to.agent_id, ...(error ? { error } : {}) };
  return { type: status === 'completed' ? 'call_transferred' : 'transfer_failed', detail };
}

function noted({ name, detail = {} }: AgentJobNote): RowContent {
  const isShort = JSON.stringify(detail).length <= MAX_DETAIL_CHARS;
  const kept = isShort ? detail : { left_out: `more than ${MAX_DETAIL_CHARS} characters` };
  const isOurs = (OWN_TIMELINE_TYPES as readonly string[]).includes(name);
  return isOurs ? { type: 'note', detail: { ...kept, name } } : { type: name, detail: kept };
}
