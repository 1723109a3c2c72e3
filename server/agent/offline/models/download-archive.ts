/** Downloads an archive from an address of the operator's, bounded in size, in silence and in time. */
import { ModelFault } from './model-fault.js';

/** How long it may be silent, and take as a whole. */
export interface DownloadBounds {
  signal: AbortSignal;
  idleMs: number;
  sourceMs: number;
}

/** `base`: an http(s) address of a folder, perhaps with user and password. Throws `ModelFault`, which names neither. */
export async function downloadArchive(
  base: string,
  file: string,
  bytes: number,
  { signal, idleMs, sourceMs }: DownloadBounds,
): Promise<Buffer> {
  const idle = new AbortController();
  const timer = setTimeout(() => {
    idle.abort();
  }, idleMs);
  const late = new AbortController();
  const deadline = setTimeout(() => {
    late.abort();
  }, sourceMs);
  try {
    const ends = AbortSignal.any([signal, idle.signal, late.signal]);
    const answer = await fetch(...requestOf(base, file, ends));
    if (!answer.ok || !answer.body) {
      throw new ModelFault('source_failed', `VOICE_WHEELS answered ${String(answer.status)}`);
    }
    const chunks: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of answer.body as AsyncIterable<Uint8Array>) {
      timer.refresh();
      size += chunk.length;
      if (size > bytes) throw new ModelFault('checksum_wrong', 'the package is too large');
      chunks.push(chunk);
    }
    return Buffer.concat(chunks);
  } catch (error) {
    if (error instanceof ModelFault) throw error;
    const silent = idle.signal.aborted ? 'does not answer' : 'cannot be reached';
    const why = signal.aborted || late.signal.aborted ? 'takes too long' : silent;
    throw new ModelFault('source_failed', `VOICE_WHEELS ${why}`, { cause: error });
  } finally {
    clearTimeout(timer);
    clearTimeout(deadline);
    // What nobody reads to its end keeps the connection, and this process, for as long as the server likes.
    idle.abort();
  }
}

/** What is packed already is not to be packed once more on the way; an address with a password is refused by `fetch`. */
function requestOf(base: string, file: string, signal: AbortSignal): [URL, RequestInit] {
  const url = new URL(base);
  url.pathname = `${url.pathname.replace(/\/*$/, '')}/${file}`;
  const headers: Record<string, string> = { 'accept-encoding': 'identity' };
  if (url.username) {
    const user = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
    headers.authorization = `Basic ${Buffer.from(user).toString('base64')}`;
    url.username = url.password = '';
  }
  return [url, { headers, signal }];
}
