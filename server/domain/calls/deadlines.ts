/** Deadlines of a call: when it ends by itself if nothing happens, and with which reason. */
import type { EndReason } from '../../../sdk/wire/call-status.js';
import type { CallState } from './call-state.js';

/** How long an agent may take to join after the caller did, after it was asked for again, or after it was on its way. */
const AGENT_JOIN_MS = 15_000;
/** Nobody is kept waiting longer, whoever is on its way. */
const LONGEST_RINGING_MS = 30_000;
/** How long a participant may be gone: a full reconnect looks like leaving and joining again. */
export const RETURN_GRACE_MS = 4_000;
/** How long the next page of a caller may take to load and take the call up again; shorter than the room waits. */
const NEXT_PAGE_MS = 15_000;
/** Added to the grant's expiry, since a caller may be joining at that moment. */
const GRANT_SLACK_MS = 10_000;
/** Added to the longest duration: normally the agent ends the call; this is for one that did not. */
const DURATION_SLACK_MS = 10_000;

/** A moment, and why the call ends if nothing else happens before. */
export interface Deadline {
  at: Date;
  reason: EndReason;
}

/** The next deadline of an open call; `null` once it has ended. */
export function nextDeadline(call: CallState): Deadline | null {
  if (call.ended_at) return null;
  const deadlines = call.started_at ? openDeadlines(call, call.started_at) : [grantDeadline(call)];
  return deadlines.reduce((first, other) => (other.at < first.at ? other : first));
}

/** Whether the caller's page was left, and has said that the next one may take the call up again. */
export function isBetweenPages(call: CallState): boolean {
  return call.caller_left_at !== null && call.caller_left_reason === 'page_closed';
}

function openDeadlines(call: CallState, startedAt: Date): [Deadline, ...Deadline[]] {
  const limit: Deadline = {
    at: after(startedAt, call.max_call_duration_sec * 1000 + DURATION_SLACK_MS),
    reason: 'max_duration_reached',
  };
  const others: Deadline[] = [];
  if (call.caller_left_at) {
    others.push({
      at: after(call.caller_left_at, isBetweenPages(call) ? NEXT_PAGE_MS : RETURN_GRACE_MS),
      reason: call.caller_left_reason ?? 'user_disconnected',
    });
  } else if (call.agent_left_at) {
    others.push({
      at: after(call.agent_left_at, RETURN_GRACE_MS),
      reason: call.agent_left_reason ?? 'system_failure',
    });
  } else if (!call.agent_joined_at) {
    others.push({ at: agentDue(startedAt, call.agent_asked_at), reason: 'agent_did_not_join' });
  }
  return [limit, ...others];
}

function agentDue(startedAt: Date, askedAt: Date | null): Date {
  const due = after(askedAt && askedAt > startedAt ? askedAt : startedAt, AGENT_JOIN_MS);
  const latest = after(startedAt, LONGEST_RINGING_MS);
  return due < latest ? due : latest;
}

function grantDeadline(call: CallState): Deadline {
  return { at: after(call.grant_expires_at, GRANT_SLACK_MS), reason: 'caller_never_joined' };
}

function after(moment: Date, ms: number): Date {
  return new Date(moment.getTime() + ms);
}
