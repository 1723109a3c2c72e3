/** The `CallError` of an answer that is no success. */
import { CallError } from '../error/call-error.js';
import type { CallErrorCode } from '../error/error-code.js';
import { ERROR_TABLE } from '../error/error-table.js';
import { codeOfStatus, readRefusal } from './core/read-refusal.js';
import type { Answer } from './core/send.js';

/** The error that the answer names, or `unexpected_answer` when it is not this API's. */
export function errorOfAnswer({ response, json }: Answer): CallError {
  const refusal = readRefusal(response, json);
  const { code } = refusal;
  return new CallError(isKnown(code) ? code : codeOfStatus(response.status), refusal);
}

/** Whether this version of the SDK knows the code: a newer server may send others. */
function isKnown(code: string): code is CallErrorCode {
  // Safari before 15.4 lacks Object.hasOwn.
  return Object.prototype.hasOwnProperty.call(ERROR_TABLE, code);
}
