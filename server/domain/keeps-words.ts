/** Whether what is said in a call may be stored. */
import type { CallRow } from './ports/rows.js';

/** Neither where its version keeps nothing of the kind, nor once it was erased. */
export function keepsWords(
  call: Pick<CallRow, 'opt_out_sensitive_data_storage' | 'sensitive_delete'>,
): boolean {
  return !call.opt_out_sensitive_data_storage && !call.sensitive_delete;
}
