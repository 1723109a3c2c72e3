/** Deletes short-lived rows that are no longer needed. */
import type { DomainPorts } from '../ports/domain-ports.js';

const REMEMBER_MS = 24 * 3_600_000;

/** Deletes kept answers, ids of room events and rate-limit windows older than a day, and settings that nothing refers to. */
export async function cleanUp(ports: DomainPorts): Promise<void> {
  await ports.store.forgetBefore(new Date(ports.clock.now().getTime() - REMEMBER_MS));
}
