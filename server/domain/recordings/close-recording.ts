/** Makes a finished recording available. */
import type { DomainPorts } from '../ports/domain-ports.js';

/** Harmless for a call that has none, or whose recording is closed. Late chunks are still taken. */
export async function closeRecording(ports: DomainPorts, callId: string): Promise<void> {
  await ports.store.changeCall(callId, (row) =>
    row.ended_at && row.recording_status === 'recording'
      ? { changes: { recording_status: row.recording_bytes > 0 ? 'available' : 'none' } }
      : null,
  );
}
