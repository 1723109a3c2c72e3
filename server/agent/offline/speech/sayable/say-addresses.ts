/** E-mail and web addresses, file names, handles and tags as one dictates them. */
import { cardinal, digitByDigit } from './number-words.js';
import { lettersOrWord, spelled } from './say-letters.js';
import { sayMatches } from './say-matches.js';

const SIGNS: Record<string, string> = {
  '.': 'dot',
  '-': 'dash',
  _: 'underscore',
  '+': 'plus',
  '/': 'slash',
  '~': 'tilde',
  '@': 'at',
};
const READ_ENDINGS = new Set(
  'com org net gov info biz app dev shop store online co zip wav exe'.split(' '),
);
const ENDINGS =
  'com|org|net|gov|edu|info|biz|app|dev|shop|store|online|io|ai|co|uk|de|eu|ca|au|fr|nl|ch|nz|ie|tv|se|dk';
const FILES =
  'pdf|docx?|xlsx?|pptx?|csv|txt|rtf|jpe?g|png|gif|svg|zip|mp[34]|wav|json|ya?ml|xml|html?|css|jsx?|tsx?|py|md|exe|js';
const PATH = /(?<![\w/.:<>])~?(?:\/[\w.-]{1,60}){2,20}/g;
const EMAIL =
  /(?<![\w.+%-])(?:mailto:)?([\w.+%-]{1,64})@([a-z\d-]{1,63}(?:\.[a-z\d-]{1,63}){1,6})(?![\w@])/gi;
const LINK = /(?<![\w@])https?:\/\/([^\s<>"()[\]{}|]{1,2048})/gi;
const DOMAIN = new RegExp(
  String.raw`(?<![\w@.-])((?:www\.)?(?:[a-z\d-]{1,63}\.){1,5}(?:${ENDINGS}))((?:\/[\w.~%/+-]{0,512})?)(?:[?#][^\s,;]{0,512})?(?![\w@-]|\.[a-z\d])`,
  'gi',
);
const FILE = new RegExp(
  String.raw`(?<![\w.@/-])([\w-]{1,80}(?:\.[\w-]{1,40}){0,3}\.)(${FILES})(?![\w-])`,
  'gi',
);

/** "info@dialnexa.com" is `info at dialnexa dot com`; of a link neither scheme, "www" nor query are said. */
export function sayAddresses(text: string): string {
  const mailed = sayMatches(text, EMAIL, ([, name = '', domain = '']) => {
    return `${parts(name)} at ${domainName(domain)}`;
  });
  const linked = sayMatches(mailed, LINK, ([, address = '']) => {
    const end = /[.,;:!?'*]+$/.exec(address)?.[0] ?? '';
    const [shown = ''] = address.slice(0, address.length - end.length).split(/[?#]/);
    return link(shown) + end;
  });
  const routed = sayMatches(linked, PATH, ([path = '']) => {
    const end = /[.]+$/.exec(path)?.[0] ?? '';
    const [, ...names] = path.slice(0, path.length - end.length).split('/');
    const last = /^(.+)\.([a-z]\w{0,4})$/.exec(names.at(-1) ?? '');
    if (last) names[names.length - 1] = last[1] ?? '';
    return `slash ${names.map(parts).join(' slash ')}${last ? ` dot ${lastPart(last[2] ?? '')}` : ''}${end}`;
  });
  const named = sayMatches(routed, FILE, ([all = '', name = '', ending = '']) => {
    return /^\d+\.$/.test(name) ? all : `${parts(name.slice(0, -1))} dot ${lastPart(ending)}`;
  });
  return sayMatches(named, DOMAIN, ([, domain = '', path = '']) => {
    const end = /[.]+$/.exec(path)?.[0] ?? '';
    return link(domain + path.slice(0, path.length - end.length)) + end;
  })
    .replaceAll(/(?<![\w@])@([A-Za-z_]\w{0,39})/g, (_all, name: string) => `at ${parts(name)}`)
    .replaceAll(
      /(?<![\w#&])#(?![A-Z]{1,5}-?\d)([A-Za-z]\w{0,59})/g,
      (_all, tag: string) => `hashtag ${parts(tag)}`,
    );
}

function link(address: string): string {
  const [host = '', ...path] = address.replace(/^www\./i, '').split('/');
  const [domain = '', port] = host.split(':');
  const said = [domainName(domain) + (port === undefined ? '' : ` colon ${digitByDigit(port)}`)];
  for (const part of path) if (part !== '') said.push(parts(part));
  return said.join(' slash ');
}

function domainName(domain: string): string {
  const labels = domain.split('.');
  const last = labels.pop() ?? '';
  const isLong = labels.length > 0;
  return [...labels.map(parts), isLong ? lastPart(last) : parts(last)].join(' dot ');
}

function lastPart(ending: string): string {
  const small = ending.toLowerCase();
  if (READ_ENDINGS.has(small)) return small;
  if (small === 'json') return 'jason';
  const digit = /\d$/.exec(small)?.[0];
  return spelled(small) + (digit === undefined ? '' : ` ${cardinal(digit)}`);
}

/** What stands between the signs: words, letters, numbers. */
function parts(text: string): string {
  const pieces = text.match(/[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+|[._+/@~-]/g) ?? [];
  return pieces
    .map((piece) => {
      if (SIGNS[piece] !== undefined) return SIGNS[piece];
      if (/^\d{1,2}$/.test(piece) && !piece.startsWith('0')) return cardinal(piece);
      return /^\d/.test(piece) ? digitByDigit(piece) : lettersOrWord(piece);
    })
    .join(' ');
}
