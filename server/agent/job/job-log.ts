/** The worker's own log: one line for each transition of a call, and nothing that anybody said. */
import { pino } from 'pino';
import type { Logger } from 'pino';

/** Lines of one call. */
export function jobLog(callId: string): Logger {
  return pino({ base: { call_id: callId }, timestamp: pino.stdTimeFunctions.isoTime });
}
