/** Finds out why a request to create a call brought no answer, and claims no more than was seen. */
import { CallError } from '../error/call-error.js';
import { isOffline } from '../page/is-offline.js';
import { envelopeOf, errorOfAnswer, readJson } from './error-of-answer.js';

const PROBE_TIMEOUT_MS = 3000;
const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])$/;

/** What the request was. */
export interface Unanswered {
  serverUrl: string;
  fetch: typeof fetch;
  cause: unknown;
}

/**
 * To a page of a foreign origin a browser reports a refused preflight, a redirect and a lost network alike. A plain GET
 * of the same address needs no preflight, and a server of ours lets every page read why it would have refused one.
 */
export async function whyUnanswered({ serverUrl, fetch, cause }: Unanswered): Promise<CallError> {
  const { location } = globalThis as { location?: Location };
  const lost = (message?: string): CallError => CallError.networkUnreachable(cause, message);
  if (isOffline()) return new CallError('offline', { cause });
  if (cause instanceof Error && cause.name === 'TimeoutError') {
    return lost('The server did not answer in time.');
  }
  if (!location) return lost();
  const { protocol, hostname } = new URL(serverUrl);
  if (location.protocol === 'https:' && protocol === 'http:' && !LOOPBACK.test(hostname)) {
    return new CallError('insecure_server', { cause });
  }
  const answer = await get(serverUrl, fetch, 'cors');
  if (answer) return ofProbe(serverUrl, location.origin, answer, lost, cause);
  if (!(await get(serverUrl, fetch, 'no-cors'))) return lost();
  if (await isServedAtRoot(serverUrl, fetch)) return CallError.wrongServerPath(serverUrl, cause);
  return new CallError('server_unreadable', { cause });
}

/** A 404 may be about the agent or about the address: only the address is asked for here. */
export async function isWrongPath(serverUrl: string, fetcher: typeof fetch): Promise<boolean> {
  const answer = await get(serverUrl, fetcher, 'cors');
  return answer !== null && envelopeOf(answer, await readJson(answer))?.code === 'not_found';
}

async function ofProbe(
  serverUrl: string,
  origin: string,
  answer: Response,
  lost: (message: string) => CallError,
  cause: unknown,
): Promise<CallError> {
  if (answer.redirected) return CallError.serverRedirects(answer.url, cause);
  const json = await readJson(answer);
  switch (envelopeOf(answer, json)?.code) {
    case 'origin_not_allowed':
      return CallError.originUnanswered(origin, cause);
    case 'not_found':
      return CallError.wrongServerPath(serverUrl, cause);
    case 'method_not_allowed':
      return lost('The server is there and allows this page, but the request did not get through.');
    default:
      return errorOfAnswer(answer, json);
  }
}

async function isServedAtRoot(serverUrl: string, fetcher: typeof fetch): Promise<boolean> {
  const { origin } = new URL(serverUrl);
  const answer = origin === serverUrl ? null : await get(origin, fetcher, 'cors');
  return answer !== null && envelopeOf(answer, await readJson(answer)) !== null;
}

async function get(
  serverUrl: string,
  fetcher: typeof fetch,
  mode: 'cors' | 'no-cors',
): Promise<Response | null> {
  try {
    // Safari 15 has no `AbortSignal.timeout`: there the browser's own limit holds.
    const signal = AbortSignal.timeout?.(PROBE_TIMEOUT_MS) ?? null;
    return await fetcher(`${serverUrl}/v1/web-calls`, { mode, signal, cache: 'no-store' });
  } catch {
    return null;
  }
}
