/** Every refusal of the domain: one class, a stable code, a sentence for whoever asked. */
import type { CallLimit, ErrorCode } from '../../../sdk/wire/error-body.js';
import type { LimitReached } from '../calls/call-limits.js';

const SENTENCE_OF: Record<CallLimit, (limit: number) => string> = {
  concurrent_calls: (limit) =>
    `No capacity: ${limit} calls are open at once, which is this workspace's limit.`,
  open_calls_per_address: (limit) =>
    `No capacity: ${limit} calls are open from this address, which is its share. End one of them.`,
  open_calls_per_visitor: (limit) =>
    `No capacity: ${limit} calls of this visitor are open, which is its share. End one of them.`,
  waiting_calls_per_address: (limit) =>
    `No capacity: ${limit} calls that were started at this address wait for their callers. Join or end them.`,
  calls_per_hour: (limit) =>
    `This key has started ${limit} calls within an hour, which is its limit.`,
  minutes_per_day: (limit) =>
    `Calls with this key have lasted ${limit} minutes within 24 hours, which is its limit.`,
};

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
  /** Which limit of calls was reached, and how large it is. */
  readonly reached: LimitReached | null;

  private constructor(
    code: ErrorCode,
    messages: readonly string[],
    reached: LimitReached | null = null,
  ) {
    super(messages.join(' '));
    this.name = 'DomainError';
    this.code = code;
    this.messages = messages;
    this.reached = reached;
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

  /** `rate_limited` where waiting helps, otherwise `capacity_reached`. */
  static limitReached(reached: LimitReached): DomainError {
    const code = reached.retryAfterSec === undefined ? 'capacity_reached' : 'rate_limited';
    return new DomainError(code, [SENTENCE_OF[reached.name](reached.limit)], reached);
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
