/** Punctuation as pauses: . , ? ! ; : — alone, one at a time, each where it belongs. */

/** The stronger one stays where several meet. */
const STRENGTH = ',—:;.!?';

/** Brackets become commas, quotation marks go. Only letters, apostrophes and hyphens inside words are left beside the pauses. */
export function tidyPunctuation(text: string): string {
  return text
    .replaceAll(/\.{2,}|…/g, (_dots, at: number) =>
      /^[.…]+\s+[a-z]/.test(text.slice(at, at + 40)) ? ', ' : '. ',
    )
    .replaceAll(/[()[\]{}⟨⟩]+/g, ' , ')
    .replaceAll(/(?<=\s|^)[-–]{1,3}(?=\s|$)|[—―]+|-{2,}|(?<=[A-Za-z])–(?=[A-Za-z])/g, ' — ')
    .replaceAll(/[‒–]/g, ' — ')
    .replaceAll(/¿|¡/g, '')
    .replaceAll(/[^A-Za-z'.,?!;:—-]+/g, ' ')
    .replaceAll(/(?<![A-Za-z])'+|'+(?![A-Za-z])/g, '')
    .replaceAll(/(?<![A-Za-z])-+|-+(?![A-Za-z])/g, ' ')
    .replaceAll(/[.,?!;:—](?:[\s.,?!;:—]*[.,?!;:—])?/g, strongest)
    .replaceAll(/\s*([.,?!;:—])\s*/g, (_all, sign: string) => (sign === '—' ? ' — ' : `${sign} `))
    .replaceAll(/\s{2,}/g, ' ')
    .replace(/^[\s.,?!;:—-]+/, '')
    .replace(/[\s,—-]+$/, '');
}

function strongest(signs: string): string {
  let found = ',';
  for (const sign of signs) if (STRENGTH.indexOf(sign) > STRENGTH.indexOf(found)) found = sign;
  return found;
}
