/** Finds a slot's value in a sentence. */
import type { DialogueSlot } from '../../sdk/wire/dialogue.js';
import { plainWords, withDigits } from './normalize.js';

const DAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
/** Days that are said without "on". */
export const RELATIVE_DAYS = ['today', 'tomorrow'];
/** "For two" may be two people, "at two" is a time. */
const BEFORE_A_LOOSE_TIME = ['for', 'around', 'about'];
/** "Two in the afternoon", "two o'clock". */
const AFTER_A_TIME = ['o', 'oclock', 'clock', 'am', 'pm', 'in'];
/** What may follow a bare hour: "for two please", not "for two bikes". */
const AFTER_AN_HOUR = ['on', 'please', 'thanks', 'thank', 'then', 'or', 'if', 'would', 'sharp'];

/** The value as it is said back, or `null`. `isAsked`: the agent has just asked for it. */
export function fillSlot(slot: DialogueSlot, utterance: string, isAsked: boolean): string | null {
  const words = plainWords(utterance);
  switch (slot.type) {
    case 'day':
      return findDay(words);
    case 'time':
      return findTime(withDigits(words), isAsked);
    case 'number':
      return findNumber(withDigits(words));
    case 'choice':
      return findChoice(slot.choices ?? {}, words);
    case 'text':
      return isAsked && words.length > 0 ? utterance.trim() : null;
  }
}

function findDay(words: readonly string[]): string | null {
  for (const word of words) {
    const day = DAYS.find((name) => word === name || word === `${name}s`);
    if (day) return day.charAt(0).toUpperCase() + day.slice(1);
    if (RELATIVE_DAYS.includes(word)) return word;
  }
  return null;
}

/**
 * "three", "3 pm", "half past two", "quarter to four", "10:30", "noon": as people write it, e.g. `half past 2`. A number that
 * may be one of something counts where no other is said to be a time: "for two tomorrow at 7 pm".
 */
function findTime(words: readonly string[], isAsked: boolean): string | null {
  if (words.includes('noon') || words.includes('midday')) return "12 o'clock";
  let loose: string | null = null;
  for (const [index, word] of words.entries()) {
    const clock = /^(\d{1,2}):(\d{2})$/.exec(word);
    if (clock) return writtenTime(Number(clock[1]), Number(clock[2]), words[index + 1]);
    const hour = Number(word);
    if (!Number.isInteger(hour) || hour < 1 || hour > 23 || !/^\d{1,2}$/.test(word)) continue;
    const before = words[index - 1] ?? '';
    const next = words[index + 1] ?? '';
    if (before === 'past' || before === 'to') {
      const time = partOfHour(words[index - 2] ?? '', before, hour);
      if (time !== null) return time;
    }
    if (next === 'past' || next === 'to') {
      const time = partOfHour(word, next, Number(words[index + 2]));
      if (time !== null) return time;
    }
    const minutes = /^\d{2}$/.test(next) && Number(next) < 60 ? Number(next) : 0;
    const after = (minutes > 0 ? words[index + 2] : next) ?? '';
    const stands = after === '' || AFTER_AN_HOUR.includes(after) || findDay([after]) !== null;
    const isSaid = minutes > 0 || AFTER_A_TIME.includes(after) || (before === 'at' && stands);
    if (isSaid) return writtenTime(hour, minutes, after);
    if (isAsked || (BEFORE_A_LOOSE_TIME.includes(before) && stands))
      loose ??= writtenTime(hour, minutes, after);
  }
  return loose;
}

/** "Half past 2", "quarter to 3", "10 past 4"; `null` for what is no time. */
function partOfHour(part: string, way: 'past' | 'to', hour: number): string | null {
  if (!Number.isInteger(hour) || hour < 1 || hour > 23) return null;
  const minutes = Number(part);
  const isNumber = Number.isInteger(minutes) && minutes > 0 && minutes < 60;
  if (part !== 'half' && part !== 'quarter' && !isNumber) return null;
  if (way === 'past' && isNumber) return writtenTime(hour, minutes, undefined);
  return `${part} ${way} ${hour > 12 ? hour - 12 : hour}`;
}

function writtenTime(hour: number, minutes: number, after: string | undefined): string {
  const twelve = String(hour > 12 ? hour - 12 : hour);
  const said = after === 'am' || after === 'pm' ? ` ${after}` : '';
  const half = hour > 12 ? ' pm' : said;
  if (minutes > 0) return `${twelve}:${String(minutes).padStart(2, '0')}${half}`;
  return half === '' ? `${twelve} o'clock` : twelve + half;
}

/** Digits that follow each other are one number, however they were said. */
function findNumber(words: readonly string[]): string | null {
  const runs = words
    .map((word) => (/^\d+$/.test(word) ? word : ' '))
    .join('')
    .split(' ')
    .filter((run) => run !== '');
  const longest = runs.reduce((best, run) => (run.length > best.length ? run : best), '');
  return longest === '' ? null : longest;
}

function findChoice(choices: Record<string, string[]>, words: readonly string[]): string | null {
  const sentence = ` ${words.join(' ')} `;
  let best: { value: string; length: number } | null = null;
  for (const [value, said] of Object.entries(choices)) {
    for (const phrase of [value, ...said]) {
      const plain = plainWords(phrase).join(' ');
      if (!sentence.includes(` ${plain} `) || (best && plain.length <= best.length)) continue;
      best = { value, length: plain.length };
    }
  }
  return best?.value ?? null;
}
