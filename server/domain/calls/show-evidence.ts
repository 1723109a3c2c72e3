/** What is known of a call beside its words, in the words of the wire. */
import type { Call } from '../../../sdk/wire/call.js';
import type { CallRow, TurnRow, WholeEvidence } from '../ports/rows.js';
import { sinceStart } from '../since-start.js';
import { latencyOf } from './latency-of.js';

/** The fields of `Call` that are made of the evidence. */
export function showEvidence(
  call: CallRow,
  turns: readonly TurnRow[],
  { functions, transfers, client, ...evidence }: WholeEvidence,
): Pick<Call, keyof WholeEvidence | 'latency'> {
  const zero = (call.started_at ?? call.created_at).getTime();
  const shown = <T extends { at: Date; call_id: string }>({ call_id: _callId, at, ...row }: T) => ({
    ...row,
    at: at.toISOString(),
    at_ms: sinceStart(call, at),
  });
  return {
    ...evidence,
    client: client && {
      connection: client.connection,
      reported_at: client.reported_at,
      timeline: client.timeline.map((event) => ({
        ...event,
        at_ms: event.at_ms - (zero - call.created_at.getTime()),
      })),
    },
    latency: latencyOf(turns),
    functions: functions.map(shown),
    transfers: transfers.map(shown),
  };
}
