/** Downloads LiveKit's release archive for this platform and takes it only when its SHA-256 is the expected one. */
import { createHash } from 'node:crypto';
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { gunzipSync } from 'node:zlib';

/** From the `checksums.txt` of release v1.13.5; there are none for macOS, and Windows is not served here. */
const archives = {
  'linux-x64': {
    suffix: 'linux_amd64.tar.gz',
    sha256: 'c020fac437b7cc9b776eef1ad5ea8af77be9acfa07602eca20a3a44930dfbc70',
  },
  'linux-arm64': {
    suffix: 'linux_arm64.tar.gz',
    sha256: '332015305518765fe05bad74fc3a9d9583e635e7dd130de3c4fc563d69c550f3',
  },
};

const connectTimeoutMs = 15_000;
const stallTimeoutMs = 20_000;
const maxBytes = 100 * 1024 * 1024;
const maxUnpackedBytes = 4 * maxBytes;

/** Resolves with `null` when `target` is there, else with the reason why this source was left out; throws when it failed. */
export async function downloadRelease({ version, target, env, say }) {
  const base =
    env.LIVEKIT_DOWNLOAD_BASE ?? `https://github.com/livekit/livekit/releases/download/v${version}`;
  if (!base) return 'downloading is switched off by an empty LIVEKIT_DOWNLOAD_BASE';
  const archive = archives[`${process.platform}-${process.arch}`];
  if (!archive) return noArchive(process.platform, process.arch);
  const expected = (env.LIVEKIT_DOWNLOAD_SHA256 || archive.sha256).toLowerCase();
  const url = `${base.replace(/\/+$/, '')}/livekit_${version}_${archive.suffix}`;
  say(`Downloading ${url} …`);
  const bytes = await download(url);
  const found = createHash('sha256').update(bytes).digest('hex');
  if (found !== expected) {
    throw new Error(`${url} has the SHA-256 ${found}, not ${expected}`);
  }
  unpack(bytes, target);
  return null;
}

function noArchive(platform, arch) {
  if (platform !== 'darwin') return `there is no release archive for ${platform} on ${arch}`;
  return 'LiveKit publishes no release archive for macOS (`brew install livekit` installs it there)';
}

async function download(url) {
  const abort = new AbortController();
  let timer = setTimeout(() => abort.abort(new Error('no answer')), connectTimeoutMs);
  try {
    const response = await fetch(url, { signal: abort.signal });
    if (!response.ok) throw new Error(`it answered ${response.status}`);
    const parts = [];
    let size = 0;
    for await (const part of response.body) {
      clearTimeout(timer);
      timer = setTimeout(() => abort.abort(new Error('the download stalled')), stallTimeoutMs);
      size += part.length;
      if (size > maxBytes) throw new Error(`it is larger than ${maxBytes} bytes`);
      parts.push(part);
    }
    return Buffer.concat(parts);
  } catch (error) {
    const reason = error.cause?.code ?? error.cause?.message ?? error.message;
    throw new Error(`${url} could not be downloaded (${reason})`, { cause: error });
  } finally {
    clearTimeout(timer);
  }
}

/** The program appears under its name complete or not at all. */
function unpack(bytes, target) {
  const program = member(
    gunzipSync(bytes, { maxOutputLength: maxUnpackedBytes }),
    'livekit-server',
  );
  if (!program) throw new Error('the archive holds no livekit-server');
  const draft = `${target}-${process.pid}`;
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(draft, program, { mode: 0o755 });
  renameSync(draft, target);
}

/** Finds one file in a tar archive: a header of 512 bytes, then the file, padded to 512. */
function member(tar, name) {
  for (let at = 0; at + 512 <= tar.length;) {
    const size = parseInt(tar.toString('latin1', at + 124, at + 136), 8) || 0;
    const path = tar.toString('utf8', at, at + 100).split('\0')[0];
    if (path.split('/').at(-1) === name) return tar.subarray(at + 512, at + 512 + size);
    at += 512 + Math.ceil(size / 512) * 512;
  }
  return null;
}
