/** A transcript as text: a line a turn, with its time and its speaker. */
import type { TranscriptTurn } from '../../../sdk/wire/call.js';
import { clockOf, endMark, speakerOf } from './cue-lines.js';
import { plainWords } from './plain-words.js';

/** Whose transcript it is. */
export interface TranscribedCall {
  id: string;
  agent_name: string;
  started_at: string | null;
}

/** Begins with a head that says which call, with whom, and from when the times count. */
export function transcriptText(call: TranscribedCall, turns: readonly TranscriptTurn[]): string {
  const start = call.started_at ?? 'which did not start';
  const head = `Call ${call.id} with ${plainWords(call.agent_name)}, ${start}`;
  return [head, '', ...turns.map(lineOf), ''].join('\n');
}

function lineOf(turn: TranscriptTurn): string {
  return `[${clockOf(turn.start_ms)}] ${speakerOf(turn)}: ${plainWords(turn.content)}${endMark(turn)}`;
}
