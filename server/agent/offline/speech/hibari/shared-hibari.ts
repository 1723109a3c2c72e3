/** One neural voice for all calls of a worker, in the process that they share: sentences come from there piece by piece. */
import { askShared } from '../../shared-process.js';
import type { SharedProcess } from '../../shared-process.js';
import type { HibariQuestion } from './hibari-thread.js';

/** Under this name a call asks the shared process for it. */
export const VOICE = 'offline_voice';

/** As the thread takes it. */
export type VoiceRequest = HibariQuestion;

/** 16-bit samples as Base64, and what to ask for the next with. */
export interface VoicePiece {
  pcm: string;
  handle: string | null;
}

/** Speaks a sentence: pieces of 24 kHz mono. Throws when the shared process cannot. */
export type SpeakHibari = (
  text: string,
  speed: number,
  signal?: AbortSignal,
) => AsyncGenerator<Int16Array>;

/** The voice may be loading still. */
const FIRST_MS = 5_000;
const NEXT_MS = 2_000;

/** A sentence that is interrupted is not computed further. */
export function openSharedHibari(shared: SharedProcess): SpeakHibari {
  const ask = async (request: VoiceRequest): Promise<VoicePiece> => {
    // The rest of a sentence died with the process that knew it.
    const [ms, tries] = 'say' in request ? [FIRST_MS, 2] : [NEXT_MS, 1];
    const answer = await askShared<VoicePiece>(shared, VOICE, request, ms, tries);
    if (answer === null) throw new Error('the shared voice does not answer');
    return answer;
  };
  return async function* speak(say, speed, signal) {
    let handle: string | null = null;
    try {
      let request: VoiceRequest = { say, speed };
      do {
        const piece = await ask(request);
        handle = piece.handle;
        if (piece.pcm !== '') yield decodePcm(piece.pcm);
        if (handle !== null) request = { next: handle };
      } while (handle !== null && !signal?.aborted);
    } finally {
      if (handle !== null) void shared.ask(VOICE, { stop: handle }).catch(() => undefined);
    }
  };
}

function decodePcm(text: string): Int16Array {
  const bytes = Uint8Array.from(Buffer.from(text, 'base64'));
  return new Int16Array(bytes.buffer, 0, bytes.length >> 1);
}
