/** Text in the letters of the English alphabet: accents stripped, other scripts and pictures left out. */

/** Letters that do not come apart into a letter and an accent. */
const LETTERS: Record<string, string> = {
  ß: 'ss',
  ø: 'o',
  Ø: 'O',
  æ: 'ae',
  Æ: 'Ae',
  œ: 'oe',
  Œ: 'Oe',
  ł: 'l',
  Ł: 'L',
  đ: 'd',
  Đ: 'D',
  ð: 'd',
  Ð: 'D',
  þ: 'th',
  Þ: 'Th',
  ı: 'i',
};
/** What the compatibility form would turn into something else than what is said. */
const SIGNS: Record<string, string> = {
  '²': ' squared ',
  '³': ' cubed ',
  '™': ' ',
  '®': ' ',
  '℠': ' ',
  '©': ' copyright ',
  '№': 'No.',
  µ: 'u',
  μ: 'u',
  '⁄': '/',
  '−': '-',
  '‐': '-',
  '‑': '-',
};

/** Accents go, as the lexicon goes without them: café is `cafe`. Full-width and mathematical letters become plain ones. */
export function latinOnly(text: string): string {
  return text
    .replaceAll(/\r\n?|[\u2028\u2029\v\f]/g, '\n')
    .replaceAll(/(?<=(?:[kcm]?m|\b(?:in|ft|mi|yd)) ?)[²³]/g, (power) => (power === '²' ? '2' : '3'))
    .replaceAll(/[²³™®℠©№µμ⁄−‐‑]/g, (sign) => SIGNS[sign] ?? sign)
    .replaceAll(/(?<=\d)(?=[¼½¾⅐-⅞])/g, ' ')
    .replaceAll(/[^\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}]+/gu, ' ')
    .replaceAll(/[\p{Extended_Pictographic}\p{Regional_Indicator}\p{Emoji_Modifier}]+/gu, ' ')
    .normalize('NFKD')
    .replaceAll(/[\p{M}\p{Cf}]+/gu, '')
    .replaceAll('\u2044', '/')
    .replaceAll(/[ßøØæÆœŒłŁđĐðÐþÞı]/g, (letter) => LETTERS[letter] ?? letter)
    .replaceAll(/[‘’‛ʼ´′]/g, "'")
    .replaceAll(/[“”„‟«»″]/g, '"');
}
