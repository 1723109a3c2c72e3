/** The agent's last word. */
import type { AgentJobOutcome } from '../../../sdk/wire/agent-job.js';
import type { CallAudioCache } from '../../../sdk/wire/call.js';
import type { TerminateWebCallResponse } from '../../../sdk/wire/web-call.js';
import { applyEvent } from '../calls/apply-event.js';
import { closeRecording } from '../recordings/close-recording.js';
import { showEnd } from '../calls/terminate-call.js';
import { newId } from '../ids.js';
import { keepsWords } from '../keeps-words.js';
import type { DomainPorts } from '../ports/domain-ports.js';
import type { CallRow, TimelineRow } from '../ports/rows.js';
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
  const cache = outcome.audio_cache && cacheUse(outcome.audio_cache);
  if (cache) {
    // An answer that was lost on its way is asked for again.
    const onceId = `audio_cache_used ${callId}`;
    const row = { id: newId('ev'), call_id: callId, type: 'audio_cache_used' } as const;
    const { enabled: _enabled, hit_rate: _rate, ...detail } = cache;
    const now = ports.clock.now();
    const told = (open: CallRow): TimelineRow[] =>
      cache.lookups === 0
        ? []
        : [{ ...row, source: 'agent', status: null, detail, at: withinCall(open, now, now) }];
    await ports.store.changeCall(
      callId,
      (open) => ({ changes: {}, timeline: told(open), evidence: { audio_cache: cache } }),
      onceId,
    );
  }
  const after = await applyEvent(ports, callId, {
    type: 'agent_finished',
    reason: outcome.end_reason,
    error: keepsWords(call) ? outcome.error : undefined,
  });
  await closeRecording(ports, callId);
  await ports.store.hastenWork(callId, ports.clock.now());
  return showEnd(after ?? call);
}

function cacheUse(told: NonNullable<AgentJobOutcome['audio_cache']>): CallAudioCache {
  const { enabled = true, lookups, hits, misses, new_entries } = told;
  const hit_rate = lookups === 0 ? 0 : Math.min(1, hits / lookups);
  return { enabled, lookups, hits, misses, new_entries, hit_rate };
}
