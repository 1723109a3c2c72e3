/** Refusals that only HTTP knows: everything else is refused by the domain. */
import type { ErrorCode } from '../../../sdk/wire/error-body.js';

/** A refusal with its code, its sentence or sentences, and headers that the answer needs. */
export class HttpError extends Error {
  readonly code: ErrorCode;
  readonly messages: readonly string[];
  readonly headers: Readonly<Record<string, string>>;

  private constructor(
    code: ErrorCode,
    messages: readonly string[],
    headers: Record<string, string> = {},
  ) {
    super(messages.join(' '));
    this.name = 'HttpError';
    this.code = code;
    this.messages = messages;
    this.headers = headers;
  }

  static badRequest(message: string): HttpError {
    return new HttpError('bad_request', [message]);
  }

  static invalidJson(): HttpError {
    return new HttpError('invalid_json', ['The body is not valid JSON.']);
  }

  static validationFailed(messages: readonly string[]): HttpError {
    return new HttpError('validation_failed', messages);
  }

  static unauthorized(): HttpError {
    return new HttpError(
      'unauthorized',
      ['Send a valid API key as `Authorization: Bearer <key>`.'],
      { 'www-authenticate': 'Bearer' },
    );
  }

  static tokenInvalid(message = 'The token is not valid for this request.'): HttpError {
    return new HttpError('token_invalid', [message], {
      'www-authenticate': 'Bearer error="invalid_token"',
    });
  }

  static tokenExpired(): HttpError {
    return new HttpError('token_expired', ['The token has expired.'], {
      'www-authenticate': 'Bearer error="invalid_token"',
    });
  }

  static forbidden(message: string): HttpError {
    return new HttpError('forbidden', [message]);
  }

  static originNotAllowed(): HttpError {
    return new HttpError('origin_not_allowed', ['This key does not start calls from this origin.']);
  }

  static secretKeyInBrowser(): HttpError {
    return new HttpError('secret_key_in_browser', [
      'A secret key must never be sent from a browser. Use a publishable key, and revoke this one.',
    ]);
  }

  static notFound(message = 'There is nothing at this address.'): HttpError {
    return new HttpError('not_found', [message]);
  }

  static methodNotAllowed(allow: readonly string[]): HttpError {
    return new HttpError('method_not_allowed', [`Use ${allow.join(' or ')} here.`], {
      allow: allow.join(', '),
    });
  }

  static conflict(message: string): HttpError {
    return new HttpError('conflict', [message]);
  }

  static bodyTooLarge(limit: number): HttpError {
    return new HttpError('body_too_large', [`The body is over ${limit} bytes.`]);
  }

  static unsupportedMediaType(expected: string): HttpError {
    return new HttpError('unsupported_media_type', [`Send the body as ${expected}.`]);
  }

  static mediaUnavailable(): HttpError {
    return new HttpError(
      'media_unavailable',
      ['No call can start now: the media server is not available. Try again in a moment.'],
      { 'retry-after': '3' },
    );
  }

  static rateLimited(retryAfterSec: number): HttpError {
    return new HttpError('rate_limited', ['Too many requests. Wait before trying again.'], {
      'retry-after': String(retryAfterSec),
    });
  }
}
