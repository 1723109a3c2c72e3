/** What an agent's events add to a call's evidence. */
import type {
  AgentJobEvent,
  AgentJobFunction,
  AgentJobTransfer,
} from '../../../sdk/wire/agent-job.js';
import type { TransferParty } from '../../../sdk/wire/call.js';
import { newId } from '../ids.js';
import { keepsWords } from '../keeps-words.js';
import type { DomainPorts } from '../ports/domain-ports.js';
import type { CallRow, EvidenceRow, FunctionRow, TransferRow } from '../ports/rows.js';
import type { CallChange } from '../ports/store.js';
import { traceOf } from '../tracing/call-trace.js';
import { withinCall } from '../within-call.js';
import { costOf, usageOf } from './cost-of.js';
import { keepJson } from './keep-json.js';
import { redact } from './redact.js';

/** Parts of a change; `changes` are of the call's own row. */
export type EvidenceChange = Required<Pick<CallChange, 'functions' | 'transfers' | 'evidence'>> & {
  changes: Partial<Pick<CallRow, 'cost'>>;
};

/** What was said, and so arguments, answers, reasons and faults in words, is kept only where the call keeps such things. */
export function evidenceIn(
  { prices, redactFields, tracer }: Pick<DomainPorts, 'prices' | 'redactFields' | 'tracer'>,
  call: CallRow,
  events: readonly AgentJobEvent[],
  now: Date,
): EvidenceChange {
  const keeps = keepsWords(call);
  const names = redactFields ?? [];
  const place = ({ at }: { at: string }) => ({
    call_id: call.id,
    at: withinCall(call, new Date(at), now),
  });
  const evidence: Partial<EvidenceRow> = {};
  const changes: EvidenceChange['changes'] = {};
  const functions: FunctionRow[] = [];
  const transfers: TransferRow[] = [];
  for (const event of events) {
    if (event.type === 'usage') {
      evidence.usage = usageOf(event.providers);
      evidence.cost = costOf(evidence.usage, prices ?? null);
      changes.cost = evidence.cost?.total ?? null;
    } else if (event.type === 'trace') {
      // The server's own was handed to the agent, and is the one that holds both sides.
      if (!traceOf(tracer, call.id)) evidence.trace_id = event.trace_id;
    } else if (event.type === 'function') {
      const told = functionRow(event, names);
      const said = keeps ? told : { ...told, arguments: null, answer: null, error: null };
      functions.push({ ...said, ...place(event) });
    } else if (event.type === 'transfer') {
      const told = transferRow(event, call);
      const said = keeps ? told : { ...told, reason: null, error: null };
      transfers.push({ ...said, ...place(event) });
    }
  }
  return { changes, evidence, functions, transfers };
}

function functionRow(
  { name, arguments: args, answer, latency_ms, ok, error, source }: AgentJobFunction,
  names: readonly string[],
): Omit<FunctionRow, 'call_id' | 'at'> {
  return {
    id: newId('fn'),
    name,
    arguments: keepJson(args, names) as FunctionRow['arguments'],
    answer: keepJson(answer, names),
    latency_ms,
    ok,
    error: error === undefined ? null : String(redact(error, names)),
    source: source ?? 'version',
  };
}

function transferRow(
  { from, to, reason, status, error }: AgentJobTransfer,
  call: CallRow,
): Omit<TransferRow, 'call_id' | 'at'> {
  return {
    id: newId('tr'),
    from: from ? partyOf(from) : partyOf(call),
    to: partyOf(to),
    reason: reason ?? null,
    status,
    error: error ?? null,
  };
}

function partyOf(told: AgentJobTransfer['to']): TransferParty {
  return {
    agent_id: told.agent_id,
    agent_version_id: told.agent_version_id ?? null,
    agent_version_number: told.agent_version_number ?? null,
    agent_name: told.agent_name ?? null,
  };
}
