/** What was gone when something broke and nobody told of a fault. */
import type { ShownCall } from './observed.js';

/** `null`: nothing is known to have been. */
export type Gone = 'agent' | 'room' | null;

/** An agent that was lost and did not come back, or the room of the media server. */
export function goneOf({ end_reason, timeline }: ShownCall): Gone {
  if (end_reason !== 'system_failure') return null;
  const last = timeline.findLast(({ type }) => /^agent_(joined|left|returned)$/.test(type));
  if (last?.type === 'agent_left' && last.detail['cause'] === 'system_failure') return 'agent';
  const end = timeline.findLast(({ type }) => type === 'call_ended');
  return end?.source === 'media' ? 'room' : null;
}
