/** The error class of the browser SDK. */
import { sayForbidden, type Forbidden } from '../page/policy-watch.js';
import { CodedError } from '../rest/core/coded-error.js';
import type { TextRefusal } from '../wire/typed-text.js';
import type { CallErrorCode, CallFault } from './error-code.js';
import { ERROR_TABLE } from './error-table.js';

/** What may replace or extend the facts of the error table. */
export interface CallErrorDetail {
  /** A more exact message than the table's. */
  message?: string;
  /** A more exact remedy than the table's. */
  remedy?: string;
  cause?: unknown;
  /** Of `text_not_sent`: the agent's reason. */
  reason?: TextRefusal;
  /** How long the server asks to wait, in ms. */
  retryAfterMs?: number | null;
}

/**
 * Why a call could not start, or broke off.
 *
 * @example
 * call.on('error', (error) => console.warn(error.code, error.message, error.remedy));
 */
export class CallError extends CodedError<CallErrorCode> {
  override readonly name = 'CallError';
  /** Who has to act: see `CallFault`. */
  readonly fault: CallFault;
  /** Whether the same start may succeed later without any change. */
  override readonly retryable: boolean;
  /** What happened, in one sentence for visitors. `message` may be more exact, in the server's words. */
  readonly summary: string;
  /** What to do about it, in one sentence. */
  readonly remedy: string;
  /** Of `text_not_sent`: the agent's reason; `null` when the connection was the cause, and for all other codes. */
  readonly reason: TextRefusal | null;

  constructor(code: CallErrorCode, detail: CallErrorDetail = {}) {
    const row = ERROR_TABLE[code];
    super(code, detail.message || row.message, detail);
    this.fault = row.fault;
    this.retryable = row.retryable;
    this.summary = row.message;
    this.remedy = detail.remedy ?? row.remedy;
    this.reason = detail.reason ?? null;
  }

  /** The options contradict each other or lack something; the message says how to mend them. */
  static invalidOptions(message: string, cause?: unknown): CallError {
    return new CallError('invalid_options', { message, remedy: message, cause });
  }

  /** JSON cannot carry the option of this name. */
  static notJson(name: string): CallError {
    return CallError.invalidOptions(`${name} must be what JSON can carry: no cycles, no BigInt.`);
  }

  /** `start()` was cancelled by its signal or by `end()`. */
  static aborted(cause?: unknown): CallError {
    return new CallError('aborted', { cause });
  }

  /** The method needs an active call. */
  static notActive(method: string): CallError {
    return new CallError('not_active', { message: `${method}() needs an active call.` });
  }

  /** No answer came, for a reason that is not known, unless `message` says it. */
  static networkUnreachable(cause: unknown, message?: string): CallError {
    return new CallError('network_unreachable', message ? { cause, message } : { cause });
  }

  /** The browser has reported that the page's Content Security Policy forbids this address. */
  static blockedByPagePolicy(forbidden: Forbidden, cause: unknown): CallError {
    return new CallError('blocked_by_page_policy', { ...sayForbidden(forbidden), cause });
  }

  /** The request was redirected to another address. */
  static serverRedirects(url: string, cause?: unknown): CallError {
    const to = url.replace(/\/v1\/web-calls.*|[?#].*/, '');
    return new CallError('server_redirects', {
      message: `The server's address leads on to ${to}.`,
      remedy: `Give serverUrl the address where the redirect ends, if that is the server: ${to}.`,
      cause,
    });
  }

  /** The server says that it does not serve the API below `serverUrl`. */
  static wrongServerPath(serverUrl: string, cause: unknown): CallError {
    return new CallError('wrong_server_path', {
      message: `There is no call server below ${serverUrl}, though its host has one.`,
      cause,
    });
  }

  /** The server answers, but pages of this origin may not read its answers. */
  static originUnanswered(origin: string, cause: unknown): CallError {
    return new CallError('origin_not_allowed', {
      message: `The server does not answer pages of ${origin}.`,
      remedy: `Add ${origin} to the allowed origins of the publishable key.`,
      cause,
    });
  }

  /** The media connection could not be made. */
  static connectionFailed(cause?: unknown): CallError {
    return new CallError('connection_failed', { cause });
  }
}
