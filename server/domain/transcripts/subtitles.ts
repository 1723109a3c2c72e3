/** A transcript as subtitles for its recording: SubRip (SRT) and WebVTT. */
import type { TranscriptTurn } from '../../../sdk/wire/call.js';
import { clockOf, endMark, speakerOf } from './cue-lines.js';
import { plainWords } from './plain-words.js';
import type { TranscribedCall } from './transcript-text.js';

/** How long what takes no time, such as typed words, is shown at least. */
const SHORTEST_MS = 1_500;

/** SubRip has no way to write a mark-up character as itself: a likeness stands for it. */
const SRT_LIKENESS: Record<string, string> = { '<': '‹', '>': '›', '{': '(', '}': ')' };
const VTT_ENTITY: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** SubRip, with CRLF as players expect. */
export function subRip(call: TranscribedCall, turns: readonly TranscriptTurn[]): string {
  const cues = turns.map((turn, index) => {
    const mark = endMark(turn, turns, call.duration_ms);
    const line = `${speakerOf(turn, call.agents)}: ${plainWords(turn.content)}${mark}`;
    const likeness = line.replaceAll(/[<>{}]/g, (mark) => SRT_LIKENESS[mark] ?? '');
    return [index + 1, timesOf(turn, ','), likeness, ''];
  });
  return cues.flat().join('\r\n') + (cues.length > 0 ? '\r\n' : '');
}

/** WebVTT; the speaker is the cue's voice. */
export function webVtt(call: TranscribedCall, turns: readonly TranscriptTurn[]): string {
  const cues = turns.map((turn, index) => {
    const [who, words] = [speakerOf(turn, call.agents), plainWords(turn.content)].map((text) =>
      text.replaceAll(/[&<>]/g, (mark) => VTT_ENTITY[mark] ?? ''),
    );
    const mark = endMark(turn, turns, call.duration_ms);
    return ['', index + 1, timesOf(turn, '.'), `<v ${who}>${words}${mark}`];
  });
  return ['WEBVTT', ...cues.flat(), ''].join('\n');
}

/** A cue must end after it begins; what was written is there at once, and has to be read. */
function timesOf({ start_ms, end_ms, via }: TranscriptTurn, point: '.' | ','): string {
  const isInstant = end_ms <= start_ms || via === 'text';
  const end = isInstant ? Math.max(end_ms, start_ms + SHORTEST_MS) : end_ms;
  return `${clockOf(start_ms, point)} --> ${clockOf(end, point)}`;
}
