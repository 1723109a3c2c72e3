/** A transcript as text: a line a turn, with its time and its speaker. */
import type { TranscriptTurn } from '../../../sdk/wire/call.js';
import { clockOf, endMark, speakerOf } from './cue-lines.js';
import type { AgentNames } from './cue-lines.js';
import { plainWords } from './plain-words.js';

/** Whose transcript it is. */
export interface TranscribedCall {
  id: string;
  agent_name: string;
  /** Of all that spoke; empty where it is one. */
  agents: AgentNames;
  started_at: string | null;
  /** From start to end; `null` while it goes on. */
  duration_ms: number | null;
}

/** Begins with a head that says which call, with whom, and from when the times count. */
export function transcriptText(call: TranscribedCall, turns: readonly TranscriptTurn[]): string {
  const start = call.started_at ?? 'which did not start';
  const head = `Call ${call.id} with ${plainWords(call.agent_name)}, ${start}`;
  return [head, '', ...turns.map((turn) => lineOf(turn, turns, call)), ''].join('\n');
}

function lineOf(
  turn: TranscriptTurn,
  turns: readonly TranscriptTurn[],
  { agents, duration_ms }: TranscribedCall,
): string {
  const who = speakerOf(turn, agents);
  const mark = endMark(turn, turns, duration_ms);
  return `[${clockOf(turn.start_ms)}] ${who}: ${plainWords(turn.content)}${mark}`;
}
