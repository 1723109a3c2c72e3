/** Tells whether a set of models is on this machine, and where its files are. */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { HIBARI, type ModelFile, type ModelSet } from './model-sets.js';

/** Paths of the neural voice. */
export interface HibariFiles {
  /** Phonemes in, the spectrum of the sound out. */
  network: string;
  /** The number of each phoneme; JSON. */
  phonemes: string;
  /** Pronunciations that are sure, and the others; JSON, gzipped. */
  goldLexicon: string;
  silverLexicon: string;
  /** Tells parts of speech, by which "read" is said; JSON, gzipped. */
  tagger: string;
  /** Pronounces words that no lexicon has, and its letters and phonemes; JSON. */
  unknownNetwork: string;
  unknownLetters: string;
}

/** `null` where the voice is not there as a whole. `dir`: VOICE_MODELS_DIR. */
export function hibariFiles(dir: string): HibariFiles | null {
  const path = (name: string): string => join(dir, HIBARI.folder, name);
  return hasModels(HIBARI, dir)
    ? {
        network: path('hibari.onnx'),
        phonemes: path('vocab.json'),
        goldLexicon: path('lexicon_us_gold.json.gz'),
        silverLexicon: path('lexicon_us_silver.json.gz'),
        tagger: path('tagger.json.gz'),
        unknownNetwork: path('oov.onnx'),
        unknownLetters: path('oov.json'),
      }
    : null;
}

/** Whether all files of a set are there. `dir`: VOICE_MODELS_DIR. */
export function hasModels(set: ModelSet, dir: string): boolean {
  return set.parts.every(({ files }) => hasFiles(files, join(dir, set.folder)));
}

/** A file was renamed into place only after its checksum was right: its size is enough to know it again. */
export function hasFiles(files: readonly ModelFile[], folder: string): boolean {
  return files.every(({ name, bytes }) => sizeOf(join(folder, name)) === bytes);
}

function sizeOf(path: string): number {
  try {
    const found = statSync(path);
    return found.isFile() ? found.size : -1;
  } catch {
    return -1;
  }
}
