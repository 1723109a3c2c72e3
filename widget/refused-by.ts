/** Tells who refuses the microphone of a call that has failed with `microphone_denied`. */
import { ERROR_TABLE, type CallError } from '../sdk/index.js';

/** `page`: a policy of this page or of the one around it, which visitors cannot change. */
export type Refuser = 'visitor' | 'system' | 'page';

/** Who does, as far as the browser tells. */
export function refusedBy({ remedy, cause }: CallError): Refuser {
  if (remedy === ERROR_TABLE.microphone_denied.remedy) return 'visitor';
  return cause instanceof Error && /by system/i.test(cause.message) ? 'system' : 'page';
}
