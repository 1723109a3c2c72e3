/** A transcript as subtitles for its recording: SubRip (SRT) and WebVTT. */
import type { TranscriptTurn } from '../../../sdk/wire/call.js';
import { clockOf, endMark, speakerOf } from './cue-lines.js';
import type { AgentNames } from './cue-lines.js';
import { plainWords } from './plain-words.js';

/** How long what takes no time, such as typed words, is shown at least. */
const SHORTEST_MS = 1_500;

/** SubRip has no way to write a mark-up character as itself: a likeness stands for it. */
const SRT_LIKENESS: Record<string, string> = { '<': '‹', '>': '›', '{': '(', '}': ')' };
const VTT_ENTITY: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** SubRip, with CRLF as players expect. */
export function subRip(turns: readonly TranscriptTurn[], agents: AgentNames): string {
  const cues = turns.map((turn, index) => {
    const line = `${speakerOf(turn, agents)}: ${plainWords(turn.content)}${endMark(turn)}`;
    const likeness = line.replaceAll(/[<>{}]/g, (mark) => SRT_LIKENESS[mark] ?? '');
    return [index + 1, timesOf(turn, ','), likeness, ''];
  });
  return cues.flat().join('\r\n') + (cues.length > 0 ? '\r\n' : '');
}

/** WebVTT; the speaker is the cue's voice. */
export function webVtt(turns: readonly TranscriptTurn[], agents: AgentNames): string {
  const cues = turns.map((turn, index) => {
    const [who, words] = [speakerOf(turn, agents), plainWords(turn.content)].map((text) =>
      text.replaceAll(/[&<>]/g, (mark) => VTT_ENTITY[mark] ?? ''),
    );
    return ['', index + 1, timesOf(turn, '.'), `<v ${who}>${words}${endMark(turn)}`];
  });
  return ['WEBVTT', ...cues.flat(), ''].join('\n');
}

/** A cue must end after it begins. */
function timesOf({ start_ms, end_ms }: TranscriptTurn, point: '.' | ','): string {
  const end = end_ms > start_ms ? end_ms : start_ms + SHORTEST_MS;
  return `${clockOf(start_ms, point)} --> ${clockOf(end, point)}`;
}
