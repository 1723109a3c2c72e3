/** Every refusal of the domain: one class, a stable code, a sentence for whoever asked. */
import type { ErrorCode } from '../../../sdk/wire/error-body.js';

/**
 * A refusal. `code` is the word that the wire, the SDK and the docs use.
 *
 * @example
 * throw DomainError.notFound('There is no such call.');
 */
export class DomainError extends Error {
  readonly code: ErrorCode;
  /** One sentence a field, when several are wrong. */
  readonly messages: readonly string[];

  private constructor(code: ErrorCode, messages: readonly string[], cause?: unknown) {
    super(messages.join(' '), { cause });
    this.name = 'DomainError';
    this.code = code;
    this.messages = messages;
  }

  static unauthorized(): DomainError {
    return new DomainError('unauthorized', ['This API key is not known.']);
  }

  static keyRevoked(): DomainError {
    return new DomainError('key_revoked', ['This API key has been revoked.']);
  }

  static keyExpired(): DomainError {
    return new DomainError('key_expired', ['This API key has expired.']);
  }

  static tokenInvalid(): DomainError {
    return new DomainError('token_invalid', ['The token is not valid for this call.']);
  }

  static notFound(what: string): DomainError {
    return new DomainError('not_found', [`There is no such ${what}.`]);
  }

  static conflict(message: string): DomainError {
    return new DomainError('conflict', [message]);
  }

  static callAlreadyEnded(): DomainError {
    return new DomainError('call_already_ended', ['This call has already ended.']);
  }

  static capacityReached(limit: number): DomainError {
    return new DomainError('capacity_reached', [
      `No capacity: ${limit} calls are open at once, which is this workspace's limit.`,
    ]);
  }

  static visitorFull(): DomainError {
    return new DomainError('capacity_reached', [
      'No capacity: too many calls that were started here wait for their callers. Join or end them.',
    ]);
  }

  static idempotencyKeyReused(): DomainError {
    return new DomainError('idempotency_key_reused', [
      'This Idempotency-Key was used for another request.',
    ]);
  }

  static versionImmutable(): DomainError {
    return new DomainError('version_immutable', [
      'A published version never changes. Edit the draft and publish it.',
    ]);
  }

  static versionNotPublished(): DomainError {
    return new DomainError('version_not_published', [
      'This agent version is not published. Publish it before calls can run it.',
    ]);
  }

  static providerNotConfigured(messages: readonly string[]): DomainError {
    return new DomainError('provider_not_configured', messages);
  }

  static validationFailed(messages: readonly string[]): DomainError {
    return new DomainError('validation_failed', messages);
  }
}
