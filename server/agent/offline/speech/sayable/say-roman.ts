/** Roman numerals where nothing else can be meant: behind "Chapter" and the like, and behind names of rulers. */
import { cardinal, ordinal } from './number-words.js';

const NUMERAL = String.raw`(?=[IVXL])(X{0,3}|XL|L?X{0,3})(IX|IV|V?I{0,3})`;
const COUNTED =
  'Chapter|Part|Act|Scene|Volume|Section|Article|Book|Phase|Type|Level|Stage|World War|Super Bowl|Title|Appendix|Figure|Table|Schedule|Annex|Class|Grade|Mark|Step|Unit|Round|Episode|Apollo|Rocky';
const RULERS =
  'Henry|Louis|Charles|Edward|George|William|James|Richard|Elizabeth|Philip|Francis|John|Paul|Pius|Benedict|Leo|Gregory|Clement|Alexander|Nicholas|Peter|Catherine|Mary|Frederick|Wilhelm|Napoleon|Ramses|Ferdinand|Gustav|Christian|Carl|Ivan|Margrethe|Juan Carlos|Felipe|Otto|Innocent|Urban|Boniface|Sixtus|Julius';
const BEHIND_WORD = new RegExp(
  String.raw`\b(${COUNTED}|${COUNTED.toLowerCase()}) ${NUMERAL}(?![\w'])(?!\.\w)`,
  'g',
);
const BEHIND_RULER = new RegExp(String.raw`\b(${RULERS}) ${NUMERAL}(?![\w])`, 'g');
const VALUES: Record<string, number> = { I: 1, V: 5, X: 10, L: 50 };

/** "Henry VIII" is `Henry the eighth`, "Chapter IV" `Chapter four`. */
export function sayRoman(text: string): string {
  return text
    .replaceAll(BEHIND_WORD, (_all, word: string, tens: string, ones: string) => {
      return `${word} ${cardinal(String(valueOf(tens + ones)))}`;
    })
    .replaceAll(BEHIND_RULER, (all: string, name: string, tens: string, ones: string) => {
      // "Mary I" may go on with "think".
      return tens + ones === 'I' ? all : `${name} the ${ordinal(String(valueOf(tens + ones)))}`;
    });
}

function valueOf(numeral: string): number {
  return Array.from(numeral).reduce((sum, sign, at) => {
    const value = VALUES[sign] ?? 0;
    return sum + (value < (VALUES[numeral[at + 1] ?? ''] ?? 0) ? -value : value);
  }, 0);
}
