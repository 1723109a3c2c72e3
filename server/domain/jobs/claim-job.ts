/** An agent worker claims the job of a call, and gets the settings that it has to run. */
import type { AgentJob } from '../../../sdk/wire/agent-job.js';
import { fallbacksOf } from '../agents/fallbacks-of.js';
import { changeFor } from '../calls/apply-event.js';
import { DomainError } from '../errors/domain-error.js';
import { hashSecret, newSecret } from '../ids.js';
import type { DomainPorts } from '../ports/domain-ports.js';
import type { CallRow } from '../ports/rows.js';
import type { RoomObserver } from '../rooms/room-observer.js';
import { renderSettings } from '../templates/render-settings.js';
import { traceOf, traceparentOf } from '../tracing/call-trace.js';
import { variablesOf } from './variables-of.js';

const unheard = { turn_count: 0, listener_id: null, listener_until: null } as const;
/** The first time, after which its agent has a while to join. */
const claimed = (row: CallRow, now: Date): Partial<CallRow> => ({
  ...unheard,
  ...changeFor(row, { type: 'agent_coming' }, now)?.changes,
});

/**
 * `agentToken` is what the media server gave the worker for this job. The same participant may claim
 * again (a lost answer); another one may not. Throws `token_invalid`, `conflict`, `call_already_ended`.
 */
export async function claimJob(
  ports: DomainPorts,
  callId: string,
  agentToken: string,
  observer?: RoomObserver,
): Promise<AgentJob> {
  const claims = await ports.media.verifyAgentToken(agentToken);
  const call = await ports.store.findWholeCall(callId);
  if (!claims || call?.room_name !== claims.roomName) throw DomainError.tokenInvalid();
  const jobToken = newSecret('dnx_job_');
  const trace = traceOf(ports.tracer, callId);
  let refusal: DomainError | null = null;
  await ports.store.changeCall(callId, (row) => {
    if (row.ended_at) refusal = DomainError.callAlreadyEnded();
    else if (row.agent_identity !== null && row.agent_identity !== claims.identity) {
      refusal = DomainError.conflict('Another agent has claimed this job.');
    } else {
      return {
        changes: {
          agent_identity: claims.identity,
          job_token_hash: hashSecret(jobToken),
          ...(row.job_token_hash === null ? claimed(row, ports.clock.now()) : {}),
        },
        // It tells the call itself: what was heard of it in the room would stand there twice.
        dropTurns: 'room',
        ...(trace ? { evidence: { trace_id: trace.traceId } } : {}),
      };
    }
    return null;
  });
  if (refusal) throw refusal as DomainError;
  observer?.jobClaimed(callId);
  const settings = await ports.store.findSettings(call.settings_hash);
  if (!settings) throw new Error(`no settings of ${callId}`);
  const variables = variablesOf(settings, call);
  return {
    call_id: call.id,
    job_token: jobToken,
    room_name: call.room_name,
    caller_identity: call.caller_identity,
    agent_id: call.agent_id,
    agent_name: call.agent_name,
    agent_version_id: call.agent_version_id,
    agent_version_number: call.agent_version_number,
    settings: renderSettings(settings, variables),
    fallbacks: fallbacksOf(settings).fallbacks,
    variables,
    record: !call.opt_out_sensitive_data_storage,
    text_only: call.route.text_only ?? false,
    traceparent: traceparentOf(ports.tracer, callId),
    server_time: ports.clock.now().toISOString(),
  };
}
