/** Finds out why a request to create a call got no answer. */
import { CallError } from '../error/call-error.js';
import { isOffline } from '../page/is-offline.js';
import { envelopeOf } from './core/read-refusal.js';
import { send, type Answer } from './core/send.js';
import { errorOfAnswer } from './error-of-answer.js';

const PROBE_TIMEOUT_MS = 3000;
const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])$/;

/**
 * The error for the failed request. For other origins, browsers report a refused preflight, a redirect and a lost
 * network in the same way. So a plain GET is sent, which needs no preflight; this server lets pages of every origin
 * read why it refuses them.
 */
export async function whyUnanswered(
  serverUrl: string,
  fetcher: typeof fetch,
  cause: unknown,
): Promise<CallError> {
  const { location } = globalThis as { location?: Location };
  const lost = (message?: string): CallError => CallError.networkUnreachable(cause, message);
  if (isOffline()) return new CallError('offline', { cause });
  if (cause instanceof Error && cause.name === 'TimeoutError') return lost(cause.message);
  if (!location) return lost();
  const { protocol, hostname } = new URL(serverUrl);
  if (location.protocol === 'https:' && protocol === 'http:' && !LOOPBACK.test(hostname)) {
    return new CallError('insecure_server', { cause });
  }
  const answer = await get(serverUrl, fetcher, 'cors');
  if (answer) return ofProbe(serverUrl, location.origin, answer, lost, cause);
  if (!(await get(serverUrl, fetcher, 'no-cors'))) return lost();
  if (await isServedAtRoot(serverUrl, fetcher)) return CallError.wrongServerPath(serverUrl, cause);
  return new CallError('server_unreadable', { cause });
}

/**
 * Whether the API is not below `serverUrl`: a 404 may be about the agent or about the address, and only the address is
 * tested here.
 */
export async function isWrongPath(serverUrl: string, fetcher: typeof fetch): Promise<boolean> {
  const answer = await get(serverUrl, fetcher, 'cors');
  return codeOf(answer) === 'not_found';
}

function ofProbe(
  serverUrl: string,
  origin: string,
  answer: Answer,
  lost: (message: string) => CallError,
  cause: unknown,
): CallError {
  const { redirected, url } = answer.response;
  if (redirected) return CallError.serverRedirects(url, cause);
  switch (codeOf(answer)) {
    case 'origin_not_allowed':
      return CallError.originUnanswered(origin, cause);
    case 'not_found':
      return CallError.wrongServerPath(serverUrl, cause);
    case 'method_not_allowed':
      return lost('The server is there and allows this page, but the request did not get through.');
    default:
      return errorOfAnswer(answer);
  }
}

async function isServedAtRoot(serverUrl: string, fetcher: typeof fetch): Promise<boolean> {
  const { origin } = new URL(serverUrl);
  const answer = origin === serverUrl ? null : await get(origin, fetcher, 'cors');
  return codeOf(answer) !== null;
}

/** The code of an error of this API. */
function codeOf(answer: Answer | null): unknown {
  return answer && (envelopeOf(answer.response, answer.json)?.['code'] ?? null);
}

function get(
  serverUrl: string,
  fetcher: typeof fetch,
  mode: 'cors' | 'no-cors',
): Promise<Answer | null> {
  const init = { mode, cache: 'no-store', timeoutMs: PROBE_TIMEOUT_MS } as const;
  return send(fetcher, `${serverUrl}/v1/web-calls`, init).catch(() => null);
}
