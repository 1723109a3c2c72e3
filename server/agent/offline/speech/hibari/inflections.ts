/** How endings sound, by the sound before them: American English. */

/** After these a `t` becomes a flap. */
const FLAPPING = 'AIOWYiuæɑəɛɪɹʊʌ';

/** Phonemes of a word with the ending `s`. */
export function withS(stem: string): string {
  const last = stem.at(-1) ?? '';
  if ('ptkfθ'.includes(last)) return `${stem}s`;
  return 'szʃʒʧʤ'.includes(last) ? `${stem}ᵻz` : `${stem}z`;
}

/** Phonemes of a word with the ending `ed`. */
export function withEd(stem: string): string {
  const last = stem.at(-1) ?? '';
  if ('pkfθʃsʧ'.includes(last)) return `${stem}t`;
  if (last === 'd') return `${stem}ᵻd`;
  if (last !== 't') return `${stem}d`;
  return isFlapped(stem) ? `${stem.slice(0, -1)}Tᵻd` : `${stem}ᵻd`;
}

/** Phonemes of a word with the ending `ing`. */
export function withIng(stem: string): string {
  return isFlapped(stem) ? `${stem.slice(0, -1)}Tɪŋ` : `${stem}ɪŋ`;
}

function isFlapped(stem: string): boolean {
  return stem.endsWith('t') && FLAPPING.includes(stem.at(-2) ?? '?');
}
