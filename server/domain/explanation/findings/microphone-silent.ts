/** `microphone_silent`: nothing was heard of the caller in the whole call. */
import { findingRule } from '../finding-rule.js';
import type { Observed } from '../observed.js';

/** A greeting takes some five seconds; whoever then says nothing for ten more is not heard. */
const MICROPHONE_SILENT_MS = 15_000;

export const microphoneSilent = findingRule({
  severity: 'fault',
  meaning: `The agent spoke, and for ${MICROPHONE_SILENT_MS / 1_000} s or more after it had answered not one word of the caller was heard or typed: the microphone was muted, another device, or out of order. A call that is typed only has none.`,
  find(observed) {
    const { keepsWords, agentTurns, call, answeredMs, lengthMs } = observed;
    if (!keepsWords || agentTurns.length === 0 || answeredMs === null || lengthMs === null) {
      return null;
    }
    const ms = lengthMs - answeredMs;
    const isHeard = call.transcript.some((turn) => turn.role === 'user');
    if (isHeard || call.route.text_only || ms < MICROPHONE_SILENT_MS) return null;
    return { at_ms: null, values: { ms, isMuted: wasMuted(observed) } };
  },
});

/** By the word of the caller's device: muted, and never unmuted. */
function wasMuted({ call }: Observed): boolean {
  const told = (call.client?.timeline ?? []).map(({ type }) => type);
  return told.lastIndexOf('muted') > told.lastIndexOf('unmuted');
}
