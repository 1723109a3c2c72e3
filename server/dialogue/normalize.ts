/** Sentences as the matcher sees them: small letters, no punctuation, numbers as digits. */

const UNITS: Record<string, number> = {
  zero: 0,
  oh: 0,
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  eleven: 11,
  twelve: 12,
  thirteen: 13,
  fourteen: 14,
  fifteen: 15,
  sixteen: 16,
  seventeen: 17,
  eighteen: 18,
  nineteen: 19,
};
const TENS: Record<string, number> = {
  twenty: 20,
  thirty: 30,
  forty: 40,
  fifty: 50,
  sixty: 60,
  seventy: 70,
  eighty: 80,
  ninety: 90,
};
/** Without their apostrophes, as `plainWords` leaves them. "Ill" and "id" are far rarer than what they are short for. */
const SHORT: Record<string, string> = {
  im: 'i am',
  ive: 'i have',
  id: 'i would',
  ill: 'i will',
  youre: 'you are',
  youve: 'you have',
  youd: 'you would',
  youll: 'you will',
  its: 'it is',
  thats: 'that is',
  theres: 'there is',
  whats: 'what is',
  wheres: 'where is',
  whens: 'when is',
  whos: 'who is',
  hows: 'how is',
  lets: 'let us',
  weve: 'we have',
  cant: 'can not',
  cannot: 'can not',
  couldnt: 'could not',
  wont: 'will not',
  wouldnt: 'would not',
  dont: 'do not',
  doesnt: 'does not',
  didnt: 'did not',
  isnt: 'is not',
  arent: 'are not',
  wasnt: 'was not',
  havent: 'have not',
  hasnt: 'has not',
};

/** Small letters, apostrophes dropped, everything that is no letter or digit a space, one spelling of "okay" and "goodbye". */
export function plainWords(text: string): string[] {
  return text
    .toLowerCase()
    .replaceAll(/['’]/g, '')
    .replaceAll(/\bokay\b/g, 'ok')
    .replaceAll(/\bgood[ -]bye?\b/g, 'goodbye')
    .replaceAll(/([ap])\.\s?m\b\.?/g, '$1m')
    .replaceAll(/(\d)\s*([ap]m)\b/g, '$1 $2')
    .replaceAll(/[^a-z0-9:]+/g, ' ')
    .trim()
    .split(' ')
    .filter((word) => word !== '');
}

/** The same with number words as digits: "twenty five" is `25`, "four two seven" is `4 2 7`. */
export function withDigits(words: readonly string[]): string[] {
  const out: string[] = [];
  for (let i = 0; i < words.length; i += 1) {
    const word = words[i] ?? '';
    const unit = UNITS[words[i + 1] ?? ''];
    if (Object.hasOwn(TENS, word)) {
      const joins = unit !== undefined && unit > 0 && unit < 10;
      out.push(String((TENS[word] ?? 0) + (joins ? unit : 0)));
      if (joins) i += 1;
    } else {
      out.push(Object.hasOwn(UNITS, word) ? String(UNITS[word]) : word);
    }
  }
  return out;
}

/** The same with what is said short said at length: "whats" is `what is`. */
export function spelledOut(words: readonly string[]): string[] {
  return words.flatMap((word) =>
    Object.hasOwn(SHORT, word) ? (SHORT[word]?.split(' ') ?? []) : [word],
  );
}
