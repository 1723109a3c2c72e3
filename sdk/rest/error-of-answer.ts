/** Turns a refusal of the server into a `CallError`. */
import { CallError } from '../error/call-error.js';
import type { CallErrorCode } from '../error/error-code.js';
import { ERROR_TABLE } from '../error/error-table.js';
import { codeOfStatus, readRefusal } from './core/read-refusal.js';
import type { Answer } from './core/send.js';

/** What the answer says, or that it is none of ours. */
export function errorOfAnswer({ response, json }: Answer): CallError {
  const refusal = readRefusal(response, json);
  const { code } = refusal;
  return new CallError(isKnown(code) ? code : codeOfStatus(response.status), refusal);
}

/** A newer server may know more words. */
function isKnown(code: string): code is CallErrorCode {
  // Safari before 15.4 has no Object.hasOwn.
  return Object.prototype.hasOwnProperty.call(ERROR_TABLE, code);
}
