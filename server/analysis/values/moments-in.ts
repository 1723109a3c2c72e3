/** Days and times in what was said, in the time zone of the call. */
import * as chrono from 'chrono-node';
import type { ParsedComponents } from 'chrono-node';

/** A day, a time of day, or both, as far as they were said. */
export interface SaidMoment {
  /** `2026-12-04`. */
  date: string | null;
  /** `14:30`; where "at 3" may be in the morning or not, none. */
  time: string | null;
}

/** By language; the others' words are not known, but what is written as ISO 8601 is. */
const PARSERS: Readonly<Record<string, { parse: typeof chrono.parse }>> = {
  en: chrono.en,
  de: chrono.de,
  es: chrono.es,
  fr: chrono.fr,
  it: chrono.it,
  ja: chrono.ja,
  nl: chrono.nl,
  pt: chrono.pt,
  ru: chrono.ru,
  sv: chrono.sv,
  uk: chrono.uk,
};
const LONGEST = 2_000;
/** Hours that say by themselves which half of the day is meant: nobody books for four in the morning without a word about it. */
const DAYTIME = { first: 8, last: 12 };

/** What was said at `at`, read by the calendar of that zone; a day that has no year is the next one. */
export function momentsIn(
  text: string,
  at: Date,
  timeZone: string,
  language: string,
): SaidMoment[] {
  const parser = PARSERS[language.slice(0, 2).toLowerCase()];
  if (!parser) return [];
  const written = language.startsWith('en')
    ? withClock(text.slice(0, LONGEST))
    : text.slice(0, LONGEST);
  const reference = { instant: at, timezone: offsetMinutes(at, timeZone) };
  return parser
    .parse(written, reference, { forwardDate: true })
    .map(({ start }) => ({ date: dateOf(start), time: timeOf(start) }))
    .filter(({ date, time }) => date !== null || time !== null);
}

/** ISO 8601 with the offset that the zone has then, or the date alone. `null` without a date. */
export function isoOf({ date, time }: SaidMoment, timeZone: string): string | null {
  if (date === null || time === null) return date;
  const wall = Date.parse(`${date}T${time}:00Z`);
  if (Number.isNaN(wall)) return null;
  // The offset depends on the moment, and the moment on the offset: the second look is right but in the hour that a clock skips.
  const guess = offsetMinutes(new Date(wall), timeZone);
  const offset = offsetMinutes(new Date(wall - guess * 60_000), timeZone);
  return `${date}T${time}:00${written(offset)}`;
}

function dateOf(start: ParsedComponents): string | null {
  const isSaid = ['day', 'weekday'].some((part) => start.isCertain(part as 'day'));
  const [year, month, day] = [start.get('year'), start.get('month'), start.get('day')];
  if (!isSaid || year === null || month === null || day === null) return null;
  const pad = (value: number, length: number): string => String(value).padStart(length, '0');
  return `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`;
}

function timeOf(start: ParsedComponents): string | null {
  const hour = start.get('hour');
  if (!start.isCertain('hour') || hour === null) return null;
  const isPlain = hour > 12 || hour === 0 || (hour >= DAYTIME.first && hour <= DAYTIME.last);
  if (!start.isCertain('meridiem') && !isPlain) return null;
  return `${String(hour).padStart(2, '0')}:${String(start.get('minute') ?? 0).padStart(2, '0')}`;
}

const HOURS = 'one two three four five six seven eight nine ten eleven twelve'.split(' ');
const HOUR = `(\\d{1,2}|${HOURS.join('|')})`;
const hourOf = (word: string): number => Number(word) || HOURS.indexOf(word.toLowerCase()) + 1;

/** Clock times that are said as they are written: "half past two" as `2:30`. */
function withClock(text: string): string {
  const to = (hour: string, minute: string): string => `${hourOf(hour)}:${minute}`;
  return text
    .replaceAll(new RegExp(`\\bhalf past ${HOUR}\\b`, 'gi'), (_all, hour: string) => to(hour, '30'))
    .replaceAll(new RegExp(`\\bquarter past ${HOUR}\\b`, 'gi'), (_all, hour: string) =>
      to(hour, '15'),
    )
    .replaceAll(
      new RegExp(`\\bquarter to ${HOUR}\\b`, 'gi'),
      (_all, hour: string) => `${hourOf(hour) === 1 ? 12 : hourOf(hour) - 1}:45`,
    )
    .replaceAll(
      new RegExp(`\\b(at|around|about) ${HOUR} thirty\\b`, 'gi'),
      (_all, before: string, hour: string) => `${before} ${to(hour, '30')}`,
    )
    .replaceAll(
      new RegExp(`\\b(at|around|about) (${HOURS.join('|')})\\b`, 'gi'),
      (_all, before: string, hour: string) => `${before} ${hourOf(hour)}`,
    );
}

/** Minutes that the zone is ahead of UTC then. */
function offsetMinutes(at: Date, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en', {
    timeZone,
    timeZoneName: 'longOffset',
  }).formatToParts(at);
  const name = parts.find(({ type }) => type === 'timeZoneName')?.value ?? '';
  const [, sign, hours, minutes] = /GMT([+-])(\d\d):(\d\d)/.exec(name) ?? [];
  if (sign === undefined) return 0;
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}

function written(offset: number): string {
  const pad = (value: number): string => String(Math.floor(value)).padStart(2, '0');
  const size = Math.abs(offset);
  return `${offset < 0 ? '-' : '+'}${pad(size / 60)}:${pad(size % 60)}`;
}
