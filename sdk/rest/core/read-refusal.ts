/** Reads what an answer that is no success says. */
import type { ErrorCode } from '../../wire/error-body.js';

/** A refusal as it was read. */
export interface Refusal {
  /** As the server wrote it: a newer one may know more words. */
  code: ErrorCode | 'unexpected_answer';
  /** One sentence, or one a field; empty when nothing of ours was said. */
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

/** The body of every error of ours, which tells a server of ours from what stands before it or instead of it. */
export function envelopeOf(answer: Response, json: unknown): Record<string, unknown> | null {
  const fields = (json ?? {}) as Record<string, unknown>;
  const isOurs = fields['statusCode'] === answer.status && typeof fields['code'] === 'string';
  return isOurs ? fields : null;
}

/** `json`: the body, or `null` when it is something else. */
export function readRefusal(answer: Response, json: unknown): Refusal {
  const { status, url, headers } = answer;
  const fields = envelopeOf(answer, json);
  // A gateway may well say these before the server is asked.
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

/** The plainest word for a status. */
export function codeOfStatus(status: number): ErrorCode {
  return BY_STATUS[status] ?? 'internal_error';
}

function sentenceOf(message: unknown): string {
  return [message].flat().join('; ');
}

/** Seconds, or a date. */
function retryAfterOf(text: string | null): number | null {
  const ms = Number(text) * 1000 || Date.parse(text ?? '') - Date.now();
  return ms > 0 ? ms : null;
}
