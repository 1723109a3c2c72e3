/** The recording grows chunk by chunk while the call goes on. */
import { BYTES_PER_FRAME, recordedWithin } from './recorded-within.js';
import { recordingName } from './recording-name.js';
import { withLateNews } from '../after-end.js';
import { DomainError } from '../errors/domain-error.js';
import type { DomainPorts } from '../ports/domain-ports.js';
import type { CallRow } from '../ports/rows.js';
import { removeOwed } from '../removals/remove-owed.js';
import { noteFailure } from './note-failure.js';
import { owedRecording } from './owed-recording.js';
import { findJob } from '../tokens/find-job.js';
import { withinCall } from '../within-call.js';

const MAX_SECONDS = 5_700;

/** One chunk: whole frames of 16-bit stereo. */
export interface RecordingChunk {
  seq: number;
  pcm: Uint8Array;
  sampleRate: number;
  /** ISO 8601 of the first sample; with chunk 0. */
  startedAt: string | null;
}

/**
 * Appends what of the next chunk lies within the call; a repeat is harmless, a gap is refused. What cannot be stored is
 * told on the record, for whoever reads it. Throws `token_invalid`, `conflict`, and the object store's fault.
 */
export async function appendRecording(
  ports: DomainPorts,
  callId: string,
  jobToken: string,
  chunk: RecordingChunk,
): Promise<{ next_seq: number }> {
  const call = await findJob(ports, callId, jobToken);
  if (chunk.seq < call.recording_next_seq || !keepsRecording(call)) {
    return { next_seq: Math.max(call.recording_next_seq, chunk.seq + 1) };
  }
  checkChunk(call, chunk);
  // Written before it is counted: a repeat after a crash lands on the same bytes.
  const now = ports.clock.now();
  const kept = (afterChunk(call, chunk, now).recording_bytes ?? 0) - call.recording_bytes;
  if (kept > 0) {
    const pcm = chunk.pcm.subarray(0, kept);
    try {
      await ports.objects.write(recordingName(callId), call.recording_bytes, pcm);
    } catch (fault) {
      await noteFailure(ports, callId, fault);
      throw fault;
    }
  }
  const result = await ports.store.changeCall(callId, (row) =>
    row.recording_next_seq === chunk.seq && keepsRecording(row)
      ? withLateNews(row, { changes: afterChunk(row, chunk, now) }, now)
      : null,
  );
  // Erased while this chunk was written, or nothing of it may be kept. What was there before a transfer stays.
  if (!result || (!keepsRecording(result.call) && result.call.recording_bytes === 0)) {
    const owed = owedRecording(result?.call ?? call, ports.clock.now());
    await ports.store.oweRemoval(owed);
    await removeOwed(ports, owed);
  }
  return { next_seq: result?.call.recording_next_seq ?? chunk.seq + 1 };
}

function keepsRecording(call: CallRow): boolean {
  return !call.opt_out_sensitive_data_storage && call.recording_status !== 'erased';
}

function checkChunk(call: CallRow, chunk: RecordingChunk): void {
  if (chunk.seq > call.recording_next_seq) {
    throw DomainError.conflict(`The next chunk is ${call.recording_next_seq}.`);
  }
  if (chunk.pcm.byteLength % BYTES_PER_FRAME !== 0) {
    throw DomainError.validationFailed(['The body must hold whole frames of 16-bit stereo.']);
  }
  const rate = call.recording_sample_rate ?? chunk.sampleRate;
  if (rate !== chunk.sampleRate) {
    throw DomainError.validationFailed(['x-sample-rate: may not change within a recording.']);
  }
  if (call.recording_bytes + chunk.pcm.byteLength > MAX_SECONDS * BYTES_PER_FRAME * rate) {
    throw DomainError.conflict('The recording has reached its longest.');
  }
}

function afterChunk(call: CallRow, chunk: RecordingChunk, now: Date): Partial<CallRow> {
  // A first chunk without a date was recorded just now.
  const ms = (chunk.pcm.byteLength / BYTES_PER_FRAME / chunk.sampleRate) * 1000;
  const told = chunk.startedAt
    ? withinCall(call, new Date(chunk.startedAt), now)
    : new Date(now.getTime() - ms);
  const about = {
    ended_at: call.ended_at,
    recording_sample_rate: chunk.sampleRate,
    recording_started_at: call.recording_started_at ?? told,
  };
  const bytes = recordedWithin(about, call.recording_bytes + chunk.pcm.byteLength);
  // A recording that begins after the call's end does not belong to it.
  if (bytes === 0) return { recording_next_seq: chunk.seq + 1 };
  return {
    // The agent's outcome may arrive before chunks that were delayed.
    recording_status: call.recording_status === 'available' ? 'available' : 'recording',
    recording_sample_rate: about.recording_sample_rate,
    recording_started_at: about.recording_started_at,
    recording_next_seq: chunk.seq + 1,
    recording_bytes: bytes,
  };
}
