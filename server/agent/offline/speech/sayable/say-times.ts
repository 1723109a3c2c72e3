/** Times of day, with and without am and pm; after noon on a 24-hour clock "P M" is said with the small number. */
import { cardinal, DASH } from './number-words.js';
import { endOf, sayMatches } from './say-matches.js';

const MERIDIEM = String.raw`(?:\s?([AaPp])(?:\.\s?[Mm]\b\.?|[Mm]\b))`;
const CLOCK = new RegExp(
  String.raw`(?<![\w.,:$£€/-])(\d{1,2})[:](\d{2})(?::(\d{2})(?:\.\d{1,6})?)?(?![\d:])(?:Z\b|${MERIDIEM})?(\s?(?:h|hrs|hours)\b)?`,
  'g',
);
const HOUR = new RegExp(String.raw`(?<![\w.,:$£€/-])(\d{1,2})(?:[.](\d{2}))?${MERIDIEM}`, 'g');
const RANGE = new RegExp(
  String.raw`(?<![\w.,:$£€/-])(\d{1,2}(?:[:.]\d{2})?${MERIDIEM.replace('([AaPp])', '[AaPp]')}?)${DASH}(?=\d{1,2}(?:[:]\d{2}|[.]\d{2}${MERIDIEM}|${MERIDIEM}))`,
  'g',
);
const CONTINENTAL =
  /(?<=\b(?:at|from|until|till|by|before|after|around|to|and|about) )(\d{1,2})\s?h(?:(\d{2}))?(?!\w)/g;
const DAYS =
  /^\s+(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|Eastern|Central|Mountain|Pacific|[A-Z]{2,4}\b)/;

/** "9:05 pm" is `nine oh five P M`, "17:30" `five thirty P M`, "9:00" `nine o'clock`. */
export function sayTimes(text: string): string {
  let said = sayMatches(text, RANGE, ([, start = '']) => `${start} to `);
  said = sayMatches(
    said,
    CLOCK,
    ([all = '', hour = '', minute = '', second = '', half = '', h = ''], { after }) => {
      if (Number(hour) > 24 || Number(minute) > 59 || Number(second) > 59)
        return ratio(all, hour, minute);
      const seconds =
        second === '' || second === '00'
          ? ''
          : ` and ${cardinal(second)} ${second === '01' ? 'second' : 'seconds'}`;
      const time = clock(hour, minute, half, seconds === '');
      const end = h === '' && half === '' ? '' : stop(all, after);
      return time.replace(/( [AP] M)?$/, (letters) => seconds + letters) + end;
    },
  );
  said = sayMatches(said, HOUR, ([all = '', hour = '', minute = '', half = ''], { after }) => {
    if (Number(hour) > 24 || Number(minute) > 59) return all;
    return clock(hour, minute, half, false) + stop(all, after);
  });
  return sayMatches(said, CONTINENTAL, ([all = '', hour = '', minute = '']) => {
    return Number(hour) > 24 || Number(minute) > 59 ? all : clock(hour, minute, '', true);
  });
}

function clock(hour: string, minute: string, half: string, isExact: boolean): string {
  const h = Number(hour);
  if (h === 24 && Number(minute) === 0) return 'midnight';
  const letter = half === '' ? meridiemOf(hour, h) : half.toUpperCase();
  const name = cardinal(String(h % 12 === 0 ? 12 : h % 12));
  const suffix = letter === '' ? '' : ` ${letter} M`;
  if (minute === '' || Number(minute) === 0) {
    return name + (suffix !== '' ? suffix : isExact ? " o'clock" : '');
  }
  return `${name} ${Number(minute) < 10 ? 'oh ' : ''}${cardinal(minute)}${suffix}`;
}

/** Only a 24-hour clock tells the half of the day by itself. */
function meridiemOf(hour: string, h: number): string {
  if (h > 12 && h < 24) return 'P';
  return hour === '00' || hour === '0' || h === 24 ? 'A' : '';
}

function ratio(all: string, a: string, b: string): string {
  return /^\d+:\d+$/.test(all) ? `${cardinal(a)} to ${cardinal(b)}` : all;
}

function stop(all: string, after: string): string {
  return DAYS.test(after) ? '' : endOf(all, after);
}
