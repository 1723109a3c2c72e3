/** Keeps the codes of a call's findings on its row, where lists and filters find them. */
import type { DomainPorts } from '../ports/domain-ports.js';
import { readExplained } from './read-explained.js';

/** To be called once the call is over and told; a repeat notes what the record shows by then. */
export async function noteFindings(ports: DomainPorts, callId: string): Promise<void> {
  const call = await ports.store.findWholeCall(callId);
  if (!call?.ended_at) return;
  const { explanation } = await readExplained(ports, call);
  await ports.store.noteFindings(
    callId,
    explanation.findings.map(({ code }) => code),
  );
}
