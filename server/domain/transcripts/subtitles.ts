/** A transcript as subtitles for its recording: SubRip (SRT) and WebVTT. */
import type { TranscriptTurn } from '../../../sdk/wire/call.js';
import { clockOf, endMark, speakerOf } from './cue-lines.js';
import { plainWords } from './plain-words.js';
import type { TranscribedCall } from './transcript-text.js';

/** What takes no time, such as typed words, is shown as long as it takes to read: 17 characters a second, as is usual. */
const MS_A_CHARACTER = 60;
const SHORTEST_MS = 1_500;
const LONGEST_MS = 7_000;

/** SubRip has no way to write a mark-up character as itself: a likeness stands for it. */
const SRT_LIKENESS: Record<string, string> = { '<': '‹', '>': '›', '{': '(', '}': ')' };
const VTT_ENTITY: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** SubRip, with CRLF as players expect. */
export function subRip(call: TranscribedCall, turns: readonly TranscriptTurn[]): string {
  const cues = turns.map((turn, index) => {
    const mark = endMark(turn, turns, call.duration_ms);
    const line = `${speakerOf(turn, call.agents)}: ${plainWords(turn.content)}${mark}`;
    const likeness = line.replaceAll(/[<>{}]/g, (mark) => SRT_LIKENESS[mark] ?? '');
    return [index + 1, timesOf(turn, turns[index + 1], ','), likeness, ''];
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
    return ['', index + 1, timesOf(turn, turns[index + 1], '.'), `<v ${who}>${words}${mark}`];
  });
  return ['WEBVTT', ...cues.flat(), ''].join('\n');
}

function timesOf(turn: TranscriptTurn, next: TranscriptTurn | undefined, point: '.' | ','): string {
  const { start_ms: start, end_ms: end, via } = turn;
  // A cue must end after it begins.
  const isInstant = end <= start || via === 'text';
  const read = isInstant ? start + readingMs(turn, next) : start;
  return `${clockOf(start, point)} --> ${clockOf(Math.max(end, read), point)}`;
}

/** Not into what is said next, but for the shortest time. */
function readingMs(
  { content, start_ms }: TranscriptTurn,
  next: TranscriptTurn | undefined,
): number {
  const free = next ? next.start_ms - start_ms : LONGEST_MS;
  return Math.max(SHORTEST_MS, Math.min(content.length * MS_A_CHARACTER, free, LONGEST_MS));
}
