/** Takes away what nobody asks for any more. */
import type { DomainPorts } from '../ports/domain-ports.js';

const REMEMBER_MS = 24 * 3_600_000;

/** Forgets kept answers, applied room events and counted requests after a day. */
export async function cleanUp(ports: DomainPorts): Promise<void> {
  await ports.store.forgetBefore(new Date(ports.clock.now().getTime() - REMEMBER_MS));
}
