/** Amounts of money: before or behind the number, with cents, thousands and millions, by the hour. */
import { cardinal, DASH, NUMBER, quantity } from './number-words.js';
import { sayMatches } from './say-matches.js';
import { UNITS } from './units.js';

interface Currency {
  one: string;
  many: string;
  /** Its hundredth; there is none of yen. */
  cent?: readonly [one: string, many: string];
}
const CENT = ['cent', 'cents'] as const;
const dollar = (name = ''): Currency => ({
  one: `${name}dollar`,
  many: `${name}dollars`,
  cent: CENT,
});
const CURRENCIES: Record<string, Currency> = {
  $: dollar(),
  USD: dollar(),
  US$: dollar('U S '),
  C$: dollar('Canadian '),
  CA$: dollar('Canadian '),
  CAD: dollar('Canadian '),
  A$: dollar('Australian '),
  AU$: dollar('Australian '),
  AUD: dollar('Australian '),
  '€': { one: 'euro', many: 'euros', cent: CENT },
  EUR: { one: 'euro', many: 'euros', cent: CENT },
  '£': { one: 'pound', many: 'pounds', cent: ['penny', 'pence'] },
  GBP: { one: 'pound', many: 'pounds', cent: ['penny', 'pence'] },
  '¥': { one: 'yen', many: 'yen' },
  JPY: { one: 'yen', many: 'yen' },
  '₹': { one: 'rupee', many: 'rupees', cent: ['paisa', 'paise'] },
  INR: { one: 'rupee', many: 'rupees', cent: ['paisa', 'paise'] },
  CHF: { one: 'Swiss franc', many: 'Swiss francs', cent: CENT },
  SEK: { one: 'Swedish krona', many: 'Swedish kronor' },
};
const SCALES: Record<string, string> = {
  k: 'thousand',
  m: 'million',
  mn: 'million',
  mio: 'million',
  b: 'billion',
  bn: 'billion',
  t: 'trillion',
  tn: 'trillion',
};
const SIGN = String.raw`(US\$|CA?\$|AU?\$|[$€£¥₹]|USD|EUR|GBP|JPY|CHF|CAD|AUD|INR|SEK)`;
const AMOUNT = String.raw`(${NUMBER}(?:,\d{2}(?!\d))?)`;
const SCALE = String.raw`(?:\s?(hundred|thousand|million|billion|trillion|[kKmMbBtT]|mn|bn|tn|Mio)\b)?`;
const BEFORE = new RegExp(
  String.raw`(?<![\w.,])([-−–+]?)${SIGN}\s?(-?)${AMOUNT}(?:(?:[kKmMbB]n?)?${DASH}${SIGN}?${AMOUNT})?${SCALE}(?:\.-)?(?!\d)`,
  'g',
);
const BEHIND = new RegExp(
  String.raw`(?<![\w.,$€£¥₹])(?:(?<!\d)([-−–+]))?${AMOUNT}(?:${DASH}${AMOUNT})?${SCALE}\s?${SIGN}(?!\w)`,
  'g',
);
/** "1.299,00" */
const EUROPEAN = /(?<![\d.,])(\d{1,3}(?:\.\d{3}){1,4}),(\d{2})(?![\d.,]*\d)/g;
const PENCE = new RegExp(String.raw`(?<![\w.,])(${NUMBER})\s?¢|(?<![\w.,])(\d{1,3})p(?!\w)`, 'g');

/** "$12.50" is `twelve dollars and fifty cents`, "€1.5M" `one point five million euros`. */
export function sayMoney(text: string): string {
  const american = text.replaceAll(
    EUROPEAN,
    (_all, whole: string, cents: string) => `${whole.replaceAll('.', '')}.${cents}`,
  );
  const before = sayMatches(american, BEFORE, (groups, around) => {
    const [, sign = '', currency = '', inner = '', from = '', , to = '', scale = ''] = groups;
    const isOfThing = /\b[Aa]n?\s$/.test(around.before) && /^(?: [a-z]|-[a-z])/.test(around.after);
    return amounts(sign || inner, from, to, scale, currency, isOfThing);
  });
  const behind = sayMatches(
    before,
    BEHIND,
    ([, sign = '', from = '', to = '', scale = '', currency = '']) => {
      return amounts(sign, from, to, scale, currency, false);
    },
  );
  return behind
    .replaceAll(PENCE, (_all, cents: string | undefined, pence: string | undefined) => {
      const [count, one, many] =
        cents === undefined ? [pence ?? '', 'penny', 'pence'] : [cents, ...CENT];
      return `${quantity(count)} ${count === '1' ? one : many}`;
    })
    .replaceAll(
      /(?<=\b(?:dollars?|euros?|pounds?|cents?|pence|yen|francs?) ?)\/ ?(?=[a-z]{1,10}\b)/gi,
      ' per ',
    )
    .replaceAll(/(?<= per )(?:hr|h|wk|mo|yr|min)\b/g, (unit) => UNITS.get(unit)?.[0] ?? unit);
}

function amounts(
  sign: string,
  from: string,
  to: string,
  scale: string,
  currency: string,
  isOfThing: boolean,
): string {
  const money = CURRENCIES[currency] ?? dollar();
  const minus = /[-−–]/.test(sign) ? 'minus ' : sign === '+' ? 'plus ' : '';
  const size = SCALES[scale.toLowerCase()] ?? scale;
  if (to !== '' && size === '' && !/\.\d\d$/.test(from)) {
    return `${minus}${quantity(decimal(from))} to ${amount(decimal(to), money, false)}`;
  }
  if (to !== '' && size === '') {
    return `${minus}${amount(decimal(from), money, false)} to ${amount(decimal(to), money, false)}`;
  }
  if (size !== '') {
    const range = to === '' ? '' : ` to ${quantity(decimal(to))}`;
    return `${minus}${quantity(decimal(from))}${range} ${size} ${isOfThing ? money.one : money.many}`;
  }
  return minus + amount(decimal(from), money, isOfThing);
}

function amount(number: string, { one, many, cent }: Currency, isOfThing: boolean): string {
  const [whole = '0', decimals = ''] = number.split('.');
  const units = `${cardinal(whole)} ${isOfThing || /^0*1$/.test(whole) ? one : many}`;
  if (decimals === '' || /^0{1,2}$/.test(decimals)) return units;
  if (decimals.length > 2 || cent === undefined) return `${quantity(number)} ${many}`;
  const count = decimals.padEnd(2, '0');
  const rest = `${cardinal(count)} ${isOfThing || count === '01' ? cent[0] : cent[1]}`;
  return /^0+$/.test(whole) ? rest : `${units} and ${rest}`;
}

/** "12,50" is written so in Europe. */
function decimal(number: string): string {
  return /^\d+,\d{2}$/.test(number) ? number.replace(',', '.') : number;
}
