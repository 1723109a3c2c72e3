/** Moves and weakens the stress of phonemes. `ˈ` and `ˌ` stand before the vowel that they stress. */

const PRIMARY = 'ˈ';
const SECONDARY = 'ˌ';
const VOWELS = new Set('AIOQWYaiuæɑɒɔəɛɜɪʊʌᵻ');
const LONG = new Set('AIOQWYʤʧ');

/** -2 takes all stress away, -1 weakens it, -0.5 weakens a primary one, 0.5 and 1 put a secondary one where none is, 2 a primary one. */
export type Stress = -2 | -1 | -0.5 | 0 | 0.5 | 1 | 2;

/** The phonemes with their stress changed; `null` leaves them alone. */
export function applyStress(phonemes: string, stress: Stress | null): string {
  const isPrimary = phonemes.includes(PRIMARY);
  const isSecondary = phonemes.includes(SECONDARY);
  if (stress === null) return phonemes;
  if (stress === -2) return phonemes.replaceAll(PRIMARY, '').replaceAll(SECONDARY, '');
  if (stress === -1 || (stress <= 0 && isPrimary)) {
    return phonemes.replaceAll(SECONDARY, '').replaceAll(PRIMARY, SECONDARY);
  }
  if (stress >= 0 && !isPrimary && !isSecondary) {
    return beforeFirstVowel(phonemes, stress === 2 ? PRIMARY : SECONDARY);
  }
  if (stress >= 1 && !isPrimary) return phonemes.replaceAll(SECONDARY, PRIMARY);
  return phonemes;
}

/** Whether it is stressed as strongly as can be. */
export function hasPrimaryStress(phonemes: string): boolean {
  return phonemes.includes(PRIMARY);
}

/** How long a word is: diphthongs and affricates count twice. */
export function weightOf(phonemes: string): number {
  let weight = 0;
  for (const phoneme of phonemes) weight += LONG.has(phoneme) ? 2 : 1;
  return weight;
}

/** Whether a sound is a vowel; `null` when it is neither vowel nor consonant. */
export function isVowel(phoneme: string): boolean | null {
  if (VOWELS.has(phoneme)) return true;
  return /[bdfhjklmnpstvwzðŋɡɹɾʃʒʤʧθ]/.test(phoneme) ? false : null;
}

function beforeFirstVowel(phonemes: string, mark: string): string {
  const sounds = [...phonemes];
  const at = sounds.findIndex((sound) => VOWELS.has(sound));
  if (at < 0) return phonemes;
  return [...sounds.slice(0, at), mark, ...sounds.slice(at)].join('');
}
