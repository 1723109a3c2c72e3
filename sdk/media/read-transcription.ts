/** Turns one LiveKit transcription stream into transcript pieces. */
import type { TranscriptPiece } from './media-port.js';

/** LiveKit's attributes of a transcription stream. */
const SEGMENT_ID = 'lk.segment_id';
const FINAL = 'lk.transcription_final';

/** The part of LiveKit's text stream reader that is read. */
export interface TranscriptionStream extends AsyncIterable<string> {
  readonly info: { readonly id: string; readonly attributes?: Record<string, string> };
}

/**
 * A caller's segment comes as one stream for every interim text, the last one marked final. An
 * agent's comes as one stream of deltas, opened as not final and simply closed: closing is the end.
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
    // Cut off by the end of the call: what came is what was said.
  }
  tell({ segmentId, role, text, final: markedFinal || role === 'agent' });
}
