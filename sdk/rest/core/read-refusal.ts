/** Reads the refusal in an answer that is no success. */
import type { ErrorCode } from '../../wire/error-body.js';

/** A refusal. */
export interface Refusal {
  /** The code, as the server wrote it: a newer server may send unknown ones. */
  code: ErrorCode | 'unexpected_answer';
  /** One sentence, or one for each field; empty when the body is not this API's. */
  message: string;
  retryAfterMs: number | null;
}

const BY_STATUS: Record<number, ErrorCode> = {
  400: 'bad_request',
  401: 'unauthorized',
  403: 'forbidden',
  404: 'not_found',
  405: 'method_not_allowed',
  408: 'request_timeout',
  409: 'conflict',
  413: 'body_too_large',
  415: 'unsupported_media_type',
  422: 'validation_failed',
  429: 'rate_limited',
  431: 'headers_too_large',
};

/** The body when it is an error of this API, else `null`: then a proxy or another server has answered. */
export function envelopeOf(answer: Response, json: unknown): Record<string, unknown> | null {
  const fields = (json ?? {}) as Record<string, unknown>;
  const isOurs = fields['statusCode'] === answer.status && typeof fields['code'] === 'string';
  return isOurs ? fields : null;
}

/** The refusal of an answer. `json`: its body, `null` when it is not JSON. */
export function readRefusal(answer: Response, json: unknown): Refusal {
  const { status, url, headers } = answer;
  const fields = envelopeOf(answer, json);
  // A proxy before the server may answer with these statuses itself.
  const isOurs = fields || status >= 500 || status === 413 || status === 429;
  const who = url.replace(/[?#].*/, '') || 'The server';
  return {
    code: isOurs ? ((fields?.['code'] as ErrorCode) ?? codeOfStatus(status)) : 'unexpected_answer',
    message: isOurs
      ? sentenceOf(fields?.['message'])
      : `${who} answered ${status}, and not as a DialNexa server does.`,
    retryAfterMs: retryAfterOf(headers.get('retry-after')),
  };
}

/** The error code that is nearest to a status. */
export function codeOfStatus(status: number): ErrorCode {
  return BY_STATUS[status] ?? 'internal_error';
}

function sentenceOf(message: unknown): string {
  return [message].flat().join('; ');
}

/** `Retry-After` in ms: a number of seconds, or a date. */
function retryAfterOf(text: string | null): number | null {
  const ms = Number(text) * 1000 || Date.parse(text ?? '') - Date.now();
  return ms > 0 ? ms : null;
}
