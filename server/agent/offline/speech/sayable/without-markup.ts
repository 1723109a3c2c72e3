/** Markdown and HTML as somebody would read them out: no signs, each heading, list item and table row a sentence. */
import { cardinal } from './number-words.js';

const ENTITIES: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  euro: '€',
  pound: '£',
  copy: ' copyright ',
  deg: '°',
  ndash: '–',
  mdash: '—',
  hellip: '...',
  rsquo: "'",
};
const BULLET = /^[-*+•◦▪‣·–—]\s+(?:\[[ xX]\]\s+)?/;
const NUMBERED = /^(\d{1,3})[.)]\s+(?=\S)/;
const HEADING = /^#{1,6}\s+/;

/** One line, sentences ended. Lines that a paragraph was wrapped into are joined. */
export function withoutMarkup(text: string): string {
  const said: string[] = [];
  let last = '';
  let isApart = false;
  for (const raw of withoutInline(text).split('\n')) {
    const line = raw.trim();
    const plain = plainLine(line);
    if (plain === '') {
      isApart = true;
      continue;
    }
    const isItem = BULLET.test(line) || NUMBERED.test(line) || HEADING.test(line);
    const isWrapped = !isApart && !isItem && /^[a-z(]/.test(plain);
    const isEnded = isWrapped || /(?:^|[.?!:;,—]["')\]]{0,3})$/.test(last.slice(-4));
    said.push(isEnded ? ' ' : '. ', plain);
    last = plain;
    isApart = false;
  }
  return said.join('').trim();
}

function plainLine(line: string): string {
  if (/^[-*_=|:\s]{3,}$/.test(line) || /^(?:```|~~~)/.test(line)) return '';
  const cells = /^\|.*\|$/.test(line) ? line.slice(1, -1).split('|') : null;
  if (cells)
    return cells
      .map((cell) => cell.trim())
      .filter(Boolean)
      .join(', ');
  return line
    .replace(/^(?:>\s?){1,8}/, '')
    .replace(HEADING, '')
    .replace(BULLET, '')
    .replace(NUMBERED, (_all, digits: string) => `${cardinal(digits)}, `)
    .replaceAll(/(?<=\d)\s?\*\s?(?=\d)/g, ' × ')
    .replaceAll(/[*`]+|~~|(?<!\w)__|__(?!\w)/g, '')
    .trim();
}

function withoutInline(text: string): string {
  return text
    .replaceAll(/\\([\\`*_{}[\]()#+.!|~$-])/g, '$1')
    .replaceAll(
      /!?\[([^[\]]{0,500})\]\((?:[^()\s]|\([^()\s]{0,500}\)){0,2000}(?:\s"[^"]{0,200}")?\)/g,
      '$1',
    )
    .replaceAll(/\[\^?\d{1,3}\]/g, '')
    .replaceAll(/\[([^[\]]{1,500})\]\[[^[\]]{0,100}\]/g, '$1')
    .replaceAll(/<(https?:\/\/[^<>\s]{1,2000}|[^<>\s@]{1,64}@[^<>\s@]{1,255})>/g, '$1')
    .replaceAll(/<\/?(?:br|p|div|li|ul|ol|h[1-6]|tr|table)\b[^<>]{0,500}>/gi, '\n')
    .replaceAll(/(?<=^|\s)[:;]-?[)(DPp](?=\s|$)/g, ' ')
    .replaceAll(/(?<=[a-z])\((s|es)\)/g, '$1')
    .replaceAll(
      /(?<=^|\s)\(([a-h])\)(?=\s)/g,
      (_all, letter: string) => `(${letter.toUpperCase()})`,
    )
    .replaceAll(/<!--[^<>]{0,500}-->|<\/?[a-z][^<>]{0,500}>/gi, ' ')
    .replaceAll(/&(?:#(\d{1,6})|([a-z]{2,6}));/gi, (all: string, code?: string, name?: string) =>
      code === undefined ? (ENTITIES[name ?? ''] ?? all) : String.fromCodePoint(Number(code)),
    );
}
