/** Tells whether a set of models is on this machine, and where its files are. */
import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
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

/** A file was renamed into place only after its checksum was right: its size is enough to know it again, until the next start. */
export function hasFiles(files: readonly ModelFile[], folder: string): boolean {
  return files.every(({ name, bytes }) => sizeOf(join(folder, name)) === bytes);
}

/**
 * Takes away the files that have the right size and hold something else, as a disk or a copy has spoiled them; where that is
 * not allowed they stay. Answers their names. All models take 0.2 s.
 */
export async function removeDamaged(set: ModelSet, dir: string): Promise<string[]> {
  const folder = join(dir, set.folder);
  const damaged: string[] = [];
  for (const file of set.parts.flatMap(({ files }) => files)) {
    const path = join(folder, file.name);
    if (!hasFiles([file], folder) || (await hashOf(path)) === file.sha256) continue;
    damaged.push(file.name);
    await rm(path).catch(() => undefined);
  }
  return damaged;
}

/** `null` where it cannot be read. */
async function hashOf(path: string): Promise<string | null> {
  const content = await readFile(path).catch(() => null);
  return content && createHash('sha256').update(content).digest('hex');
}

function sizeOf(path: string): number {
  try {
    const found = statSync(path);
    return found.isFile() ? found.size : -1;
  } catch {
    return -1;
  }
}
