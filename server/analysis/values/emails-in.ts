/** E-mail addresses in what was said, written or aloud: "ada dot lovelace at example dot com". */

const WRITTEN = /[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}/g;
const JOINTS: Readonly<Record<string, string>> = {
  dot: '.',
  period: '.',
  underscore: '_',
  dash: '-',
  hyphen: '-',
  minus: '-',
  plus: '+',
};
const LONGEST = 4_000;

/** The addresses in small letters. `isAsked`: one is expected, so that "at" and "dot" may be its signs. */
export function emailsIn(text: string, isAsked: boolean): string[] {
  const short = text.slice(0, LONGEST).toLowerCase();
  const written = (short.match(WRITTEN) ?? []).map((one) => one.replace(/[.-]+$/, ''));
  return written.length > 0 || !isAsked ? written : spokenIn(short);
}

function spokenIn(text: string): string[] {
  const words = text.match(/[\p{L}\p{N}_.+-]+/gu)?.map((word) => word.replace(/[.,]+$/, '')) ?? [];
  return words.flatMap((word, at) => {
    if (word !== 'at') return [];
    const local = localBefore(words, at);
    const domain = domainAfter(words, at);
    return local && domain ? [`${local}@${domain}`] : [];
  });
}

/** Back over words that signs join, and over letters that were spelled. */
function localBefore(words: readonly string[], at: number): string {
  let local = words[at - 1] ?? '';
  for (let i = at - 2; i >= 0; i -= 1) {
    const word = words[i] ?? '';
    const joint = Object.hasOwn(JOINTS, word) ? JOINTS[word] : undefined;
    if (joint !== undefined && i > 0) {
      local = `${words[i - 1] ?? ''}${joint}${local}`;
      i -= 1;
    } else if (word.length === 1 && /^[\p{L}\p{N}]/u.test(local) && isSpelled(words[i + 1] ?? '')) {
      local = `${word}${local}`;
    } else break;
  }
  return /^[\w.+-]+$/.test(local) ? local : '';
}

function isSpelled(word: string): boolean {
  return word.length === 1;
}

function domainAfter(words: readonly string[], at: number): string {
  let domain = words[at + 1] ?? '';
  let i = at + 2;
  for (; i + 1 < words.length; i += 2) {
    const joint = words[i] ?? '';
    const sign = Object.hasOwn(JOINTS, joint) ? JOINTS[joint] : undefined;
    if (sign !== '.' && sign !== '-') break;
    domain += `${sign}${words[i + 1] ?? ''}`;
  }
  return /^[\w-]+(\.[\w-]+)+$/.test(domain) ? domain : '';
}
