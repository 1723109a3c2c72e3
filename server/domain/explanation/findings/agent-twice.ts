/** `agent_twice`: two agents answered, one after the other or at once. */
import { findingRule } from '../finding-rule.js';
import { afterStart } from '../observed.js';
import type { Observed } from '../observed.js';

/** One voice cannot say two things at the same time for so long. */
const TWO_VOICES_MS = 1_000;
const COMINGS: readonly string[] = ['agent_joined', 'agent_returned', 'second_agent_joined'];

export const agentTwice = findingRule({
  severity: 'fault',
  meaning: `Another agent came beside the first one or in its place, the agent greeted twice before the caller said a word, or two turns of the agent were spoken at the same time for ${TWO_VOICES_MS / 1_000} s or more.`,
  find(observed) {
    const at_ms = secondAgentMs(observed) ?? secondGreetingMs(observed) ?? twoVoicesMs(observed);
    return at_ms === null ? null : { at_ms, values: {} };
  },
});

/** Of an agent that told of itself before the media server did, nobody may have told that it joined, but that it came back. */
function secondAgentMs({ call }: Observed): number | null {
  const [first, ...others] = call.timeline.filter(({ type }) => COMINGS.includes(type));
  const another = others.find(({ detail }) => detail['identity'] !== first?.detail['identity']);
  return another ? afterStart(call, another.at) : null;
}

function secondGreetingMs({ turns, call }: Observed): number | null {
  const [first, second] = turns;
  const isSame =
    first?.role === 'agent' && second?.role === 'agent' && first.content === second.content;
  return isSame && call.transfers.length === 0 ? second.start_ms : null;
}

function twoVoicesMs({ agentTurns }: Observed): number | null {
  let until = -Infinity;
  for (const turn of agentTurns) {
    if (turn.source === 'room') continue;
    if (Math.min(until, turn.end_ms) - turn.start_ms >= TWO_VOICES_MS) return turn.start_ms;
    until = Math.max(until, turn.end_ms);
  }
  return null;
}
