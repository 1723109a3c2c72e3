/** What is answered to requests that never reach a route, in the same shape as everything else. */
import { errorBodyOf } from '../errors/answer-error.js';
import type { ErrorBody, ErrorCode } from '../../../sdk/wire/error-body.js';

const HEADERS = {
  'content-type': 'application/json',
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
} as const;

/** By the names that Node gives to what it cannot read. */
const FAULTS: Record<string, [ErrorCode, string]> = {
  HPE_HEADER_OVERFLOW: ['headers_too_large', 'The headers and the address are over 16 KiB.'],
  ERR_HTTP_REQUEST_TIMEOUT: ['request_timeout', 'The request did not come in time.'],
};
const UNREADABLE: [ErrorCode, string] = ['bad_request', 'The request cannot be read.'];
const BROKEN: [ErrorCode, string] = ['internal_error', 'Something went wrong here. Try again.'];

/** The whole answer, as it goes over the socket, for what Node itself could not read. */
export function rawRefusal(nodeCode: string | undefined): string {
  const body = bodyOf(FAULTS[nodeCode ?? ''] ?? UNREADABLE);
  const text = JSON.stringify(body);
  const headers = { ...HEADERS, 'content-length': Buffer.byteLength(text), connection: 'close' };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return [`HTTP/1.1 ${body.statusCode} ${body.error}`, ...lines, '', text].join('\r\n');
}

/** The answer for an address or a host that is none, and for whatever else went wrong before the app. */
export function answerUnread(error: unknown): Response {
  const isTheirs = error instanceof Error && error.name === 'RequestError';
  const body = bodyOf(isTheirs ? UNREADABLE : BROKEN);
  return new Response(JSON.stringify(body), { status: body.statusCode, headers: HEADERS });
}

function bodyOf([code, sentence]: [ErrorCode, string]): ErrorBody {
  return errorBodyOf(code, [sentence]);
}
