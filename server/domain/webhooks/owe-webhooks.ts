/** Tells a workspace's endpoints of what happens to a call after its end. */
import type { DomainPorts } from '../ports/domain-ports.js';

/** The analysis after the call is there. To be asked for once; what is asked for twice is told twice. */
export async function oweCallAnalyzed(ports: DomainPorts, callId: string): Promise<void> {
  const now = ports.clock.now();
  await ports.store.oweWebhooks(callId, { event_type: 'call_analyzed', due_at: now }, now);
}
