/** The one error class of the SDK. */
import { CodedError } from '../rest/core/coded-error.js';
import type { TextRefusal } from '../wire/typed-text.js';
import type { CallErrorCode, CallFault } from './error-code.js';
import { ERROR_TABLE } from './error-table.js';

/** What may be added to the table's row. */
export interface CallErrorDetail {
  /** More exact than the table's sentence. */
  message?: string;
  /** More exact than the table's remedy. */
  remedy?: string;
  cause?: unknown;
  /** Which of the things it was that one code stands for. */
  reason?: TextRefusal;
  /** Milliseconds that the server asked to wait. */
  retryAfterMs?: number | null;
}

/**
 * Why a call could not start or broke off.
 *
 * @example
 * call.on('error', (error) => console.warn(error.code, error.message, error.remedy));
 */
export class CallError extends CodedError<CallErrorCode> {
  override readonly name = 'CallError';
  /** Whose doing it is. */
  readonly fault: CallFault;
  /** Whether the same start may succeed later with nothing changed. */
  override readonly retryable: boolean;
  /** One sentence for visitors: what happened. `message` may say more, in the server's words. */
  readonly summary: string;
  /** One sentence: what to do about it. */
  readonly remedy: string;
  /** Of `text_not_sent`: why the agent did not take it; `null` when it was the connection, and with every other code. */
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

  /** The options contradict each other or lack something; the message says how to mend it. */
  static invalidOptions(message: string): CallError {
    return new CallError('invalid_options', { message, remedy: message });
  }

  /** `start()` was given up through its signal or by `end()`. */
  static aborted(cause?: unknown): CallError {
    return new CallError('aborted', { cause });
  }

  /** A method was called that needs an active call. */
  static notActive(method: string): CallError {
    return new CallError('not_active', { message: `${method}() needs an active call.` });
  }

  /** Nothing came back, and nothing tells why but perhaps `message`. */
  static networkUnreachable(cause: unknown, message?: string): CallError {
    return new CallError('network_unreachable', message ? { cause, message } : { cause });
  }

  /** The browser reported that the page's policy forbids this address. */
  static blockedByPagePolicy(directive: string, blocked: string, cause: unknown): CallError {
    // An address may carry a token after its path.
    const origin = /^\w+:\/\/[^/?#]+/.exec(blocked)?.[0] ?? blocked;
    return new CallError('blocked_by_page_policy', {
      message: `The Content-Security-Policy of this page forbids ${origin} (${directive}).`,
      remedy: `Add ${origin} to ${directive.replace(/-elem$/, '')} in the page's Content-Security-Policy.`,
      cause,
    });
  }

  /** The request was led to another address. */
  static serverRedirects(url: string, cause?: unknown): CallError {
    const to = url.replace(/\/v1\/web-calls.*|[?#].*/, '');
    return new CallError('server_redirects', {
      message: `The server's address leads on to ${to}.`,
      remedy: `Give serverUrl the address where the redirect ends, if that is the server: ${to}.`,
      cause,
    });
  }

  /** The server says that there is nothing of it below `serverUrl`. */
  static wrongServerPath(serverUrl: string, cause: unknown): CallError {
    return new CallError('wrong_server_path', {
      message: `There is no call server below ${serverUrl}, though its host has one.`,
      cause,
    });
  }

  /** The server can be reached, but a page of this origin may not read its answers. */
  static originUnanswered(origin: string, cause: unknown): CallError {
    return new CallError('origin_not_allowed', {
      message: `The server does not answer pages of ${origin}.`,
      remedy: `Add ${origin} to the allowed origins of the publishable key.`,
      cause,
    });
  }

  /** The audio connection could not be made. */
  static connectionFailed(cause?: unknown): CallError {
    return new CallError('connection_failed', { cause });
  }
}
