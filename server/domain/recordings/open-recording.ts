/** A recording as a WAV file that can be read in ranges. */
import type { DomainPorts } from '../ports/domain-ports.js';
import { auditRow } from '../audit/audit.js';
import { recordingName } from './recording-name.js';
import { WAV_HEADER_BYTES, wavHeader } from './wav-header.js';

/** How long it is taken as kept. */
const FRESH_MS = 100;

/** A recording's bytes. */
export interface RecordingFile {
  contentType: string;
  size: number;
  /** Both ends included. */
  read(start: number, end: number): Promise<ReadableStream<Uint8Array>>;
}

/** For whoever holds a signed link. `null` when there is none to give. */
export async function openRecording(
  ports: DomainPorts,
  callId: string,
  address: string,
): Promise<RecordingFile | null> {
  const call = await ports.store.findCall(callId);
  if (call?.recording_status !== 'available' || !call.recording_sample_rate) return null;
  const act = { callId, by: { keyId: null, address } };
  await ports.store.addAudit(auditRow(ports, call.workspace_id, 'recording_read', act));
  const name = recordingName(callId);
  const header = wavHeader(call.recording_sample_rate, 2, call.recording_bytes);
  return {
    contentType: 'audio/wav',
    size: WAV_HEADER_BYTES + call.recording_bytes,
    read: async (start, end) =>
      (await join(ports, name, header, start, end)).pipeThrough(whileKept(ports, callId)),
  };
}

/** Breaks off once the recording is erased, as soon as whoever reads takes more. */
function whileKept(
  { store }: DomainPorts,
  callId: string,
): TransformStream<Uint8Array, Uint8Array> {
  let checkedAt = performance.now();
  return new TransformStream({
    async transform(chunk, controller) {
      if (performance.now() - checkedAt >= FRESH_MS) {
        const call = await store.findCall(callId);
        if (call?.recording_status !== 'available') throw new Error('The recording was erased.');
        checkedAt = performance.now();
      }
      controller.enqueue(chunk);
    },
  });
}

async function join(
  ports: DomainPorts,
  name: string,
  header: Uint8Array,
  start: number,
  end: number,
): Promise<ReadableStream<Uint8Array>> {
  const head = header.slice(start, end + 1);
  const from = Math.max(0, start - WAV_HEADER_BYTES);
  if (end < WAV_HEADER_BYTES) return new Blob([head]).stream();
  const body = await ports.objects.read(name, from, end - WAV_HEADER_BYTES);
  if (head.byteLength === 0) return body;
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  void (async () => {
    const writer = writable.getWriter();
    await writer.write(head);
    writer.releaseLock();
    await body.pipeTo(writable);
  })().catch(() => undefined); // Whoever reads sees the same error.
  return readable;
}
