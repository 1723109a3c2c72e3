/** The agent of a call asks whom it is to hand the call to: what the next agent is, and how it behaves. */
import type { AgentJobSuccessor, AgentJobTransferRequest } from '../../../sdk/wire/agent-job.js';
import { fallbacksOf } from '../agents/fallbacks-of.js';
import { chooseVersion } from '../calls/choose-version.js';
import { nextDeadline } from '../calls/deadlines.js';
import { DomainError } from '../errors/domain-error.js';
import type { DomainPorts } from '../ports/domain-ports.js';
import type { CallableVersionRow, CallRow, TransferRow, WholeCallRow } from '../ports/rows.js';
import { renderSettings } from '../templates/render-settings.js';
import { checkJob } from '../tokens/find-job.js';
import { variablesOf } from './variables-of.js';

/** Two agents that hand a caller to and fro end somewhere. */
const MAX_TRANSFERS = 10;

/**
 * Answers the newest published version of the next agent. Only an agent that a function of this call's agents names may be
 * asked for, and none whose version would have ended a call of this length. A version that keeps nothing of what is said
 * has the call keep nothing more from now on. Throws `token_invalid`, `call_already_ended`, `not_found`,
 * `version_not_published`, `conflict`.
 */
export async function transferJob(
  ports: DomainPorts,
  callId: string,
  jobToken: string,
  { agent_id, variables: given }: AgentJobTransferRequest,
): Promise<AgentJobSuccessor> {
  const call = await ports.store.findWholeCall(callId);
  if (!call) throw DomainError.tokenInvalid();
  checkJob(call, jobToken, ports.clock.now());
  if (call.ended_at) throw DomainError.callAlreadyEnded();
  const transfers = await ports.store.listTransfers(callId);
  const legs = transfers.filter(({ status }) => status === 'completed');
  if (legs.length >= MAX_TRANSFERS) {
    throw DomainError.conflict(`This call has been transferred ${MAX_TRANSFERS} times already.`);
  }
  if (!(await targetsOf(ports, call, legs)).has(agent_id)) throw DomainError.notFound('agent');
  const { agent, version } = await chooseVersion(ports, call.workspace_id, null, {
    agent_id,
  });
  const settings = await ports.store.findSettings(version.settings_hash);
  if (!settings) throw new Error(`no settings of ${version.id}`);
  checkDuration(call, version, ports.clock.now());
  await ports.store.changeCall(callId, (open) => ({ changes: changesFor(open, version) }));
  const known = { ...call, agent_id: agent.id, agent_name: agent.title };
  const variables = variablesOf(settings, known, given);
  return {
    agent_id: agent.id,
    agent_name: agent.title,
    agent_version_id: version.id,
    agent_version_number: version.version_number,
    settings: renderSettings(settings, variables),
    fallbacks: fallbacksOf(settings).fallbacks,
    variables,
  };
}

/** Whom the call's own version and those that it was handed to may transfer to. */
async function targetsOf(
  { store }: Pick<DomainPorts, 'store'>,
  call: WholeCallRow,
  legs: readonly TransferRow[],
): Promise<Set<string>> {
  const ids = new Set(legs.flatMap(({ to }) => to.agent_version_id ?? []));
  const later = await Promise.all([...ids].map((id) => store.findCallableVersionById(id)));
  const hashes = new Set([call.settings_hash, ...later.flatMap((one) => one?.settings_hash ?? [])]);
  const all = await Promise.all([...hashes].map((hash) => store.findSettings(hash)));
  const functions = all.flatMap((settings) => settings?.functions ?? []);
  return new Set(
    functions.flatMap((one) =>
      one.type === 'call_transfer' ? (one.config.agents ?? []).map(({ agent_id }) => agent_id) : [],
    ),
  );
}

/** The longest duration counts from the call's start, whoever speaks. */
function checkDuration({ started_at }: CallRow, version: CallableVersionRow, now: Date): void {
  const seconds = started_at ? (now.getTime() - started_at.getTime()) / 1000 : 0;
  const longest = version.max_call_duration_sec;
  if (seconds < longest) return;
  throw DomainError.conflict(
    `This call has lasted longer than the ${longest} seconds of the next agent's max_call_duration_sec.`,
  );
}

/** The agent ends the call by what its version says; the server ends none before an agent would that may yet speak. */
function changesFor(call: CallRow, version: CallableVersionRow): Partial<CallRow> {
  const max_call_duration_sec = Math.max(call.max_call_duration_sec, version.max_call_duration_sec);
  return {
    ...(version.opt_out_sensitive_data_storage ? { opt_out_sensitive_data_storage: true } : {}),
    max_call_duration_sec,
    due_at: nextDeadline({ ...call, max_call_duration_sec })?.at ?? null,
  };
}
