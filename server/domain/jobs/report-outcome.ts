/** The agent's last word. */
import type { AgentJobOutcome } from '../../../sdk/wire/agent-job.js';
import type { TerminateWebCallResponse } from '../../../sdk/wire/web-call.js';
import { applyEvent } from '../calls/apply-event.js';
import { closeRecording } from '../recordings/close-recording.js';
import { showEnd } from '../calls/terminate-call.js';
import { newId } from '../ids.js';
import type { DomainPorts } from '../ports/domain-ports.js';
import { findJob } from '../tokens/find-job.js';
import { withinCall } from '../within-call.js';

/**
 * Ends the call for the agent's reason, unless it has ended already, and closes its recording. Answers how it really
 * ended; a caller who left may come back for a moment. Throws `token_invalid`.
 */
export async function reportOutcome(
  ports: DomainPorts,
  callId: string,
  jobToken: string,
  outcome: AgentJobOutcome,
): Promise<TerminateWebCallResponse> {
  const call = await findJob(ports, callId, jobToken);
  const cache = outcome.audio_cache;
  if (cache) {
    // An answer that was lost on its way is asked for again.
    const onceId = `audio_cache_used ${callId}`;
    const row = { id: newId('ev'), call_id: callId, type: 'audio_cache_used' } as const;
    const told = { ...row, source: 'agent', status: null, detail: { ...cache } } as const;
    const now = ports.clock.now();
    await ports.store.changeCall(
      callId,
      (open) => ({ changes: {}, timeline: [{ ...told, at: withinCall(open, now, now) }] }),
      onceId,
    );
  }
  const after = await applyEvent(ports, callId, {
    type: 'agent_finished',
    reason: outcome.end_reason,
    error: outcome.error,
  });
  await closeRecording(ports, callId);
  return showEnd(after ?? call);
}
