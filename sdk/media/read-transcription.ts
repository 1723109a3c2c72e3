/** Reads a LiveKit transcription stream. */
import type { TranscriptPiece } from './media-port.js';

/** Attributes of a LiveKit transcription stream. */
const SEGMENT_ID = 'lk.segment_id';
const FINAL = 'lk.transcription_final';

/** The part of LiveKit's text stream reader that is read. */
export interface TranscriptionStream extends AsyncIterable<string> {
  readonly info: { readonly id: string; readonly attributes?: Record<string, string> };
}

/**
 * Calls `tell` with the whole text so far for each piece. For the caller, each interim text is a stream of its
 * own, and the last is marked final. For an agent, one stream carries all deltas and is not marked final: its end is
 * the end of the segment.
 */
export async function readTranscription(
  stream: TranscriptionStream,
  role: 'user' | 'agent',
  tell: (piece: TranscriptPiece) => void,
): Promise<void> {
  const segmentId = stream.info.attributes?.[SEGMENT_ID] ?? stream.info.id;
  const markedFinal = stream.info.attributes?.[FINAL] === 'true';
  let text = '';
  try {
    for await (const delta of stream) {
      text += delta;
      tell({ segmentId, role, text, final: false });
    }
  } catch {
    // The end of the call has cut the stream off: what has arrived is the text.
  }
  tell({ segmentId, role, text, final: markedFinal || role === 'agent' });
}
