/** The one pure table of a call's life: (call, event, time) → what changes and what the timeline gains. */
import type { CallStatus, EndReason } from '../../../sdk/wire/call-status.js';
import type { CallEvent, TimelineDraft } from './call-event.js';
import type { CallState } from './call-state.js';
import { isBetweenPages, nextDeadline } from './deadlines.js';
import { endStatus } from './end-status.js';
import type { Progress } from './end-status.js';

/** What a transition changes. */
export interface Decision {
  changes: Partial<CallState>;
  timeline: TimelineDraft[];
}

/** `null`: the event changes nothing (a repeat, or too late). The first end reason stands for ever. */
export function decideCall(call: CallState, event: CallEvent, now: Date): Decision | null {
  if (call.ended_at) return null;
  switch (event.type) {
    case 'caller_joined':
      return callerJoined(call, event, now);
    case 'caller_left':
      return isAnother(call.caller_sid, event.sid) ? null : callerLeft(call, event.reason, now);
    case 'caller_aborted':
      return call.started_at ? null : end(call, 'network_failure', 'media', {}, now);
    case 'caller_between_pages':
      return isAnother(call.caller_sid, event.sid) ? null : betweenPages(call, now);
    case 'agent_joined':
      return agentJoined(call, event, now);
    case 'agent_left':
      return isAnother(call.agent_sid, event.sid) ? null : agentLeft(call, event.reason, now);
    case 'agent_asked_again':
      return { changes: { agent_asked_at: now }, timeline: [row('agent_asked_again', 'server')] };
    case 'agent_coming':
      return call.agent_joined_at ? null : { changes: { agent_asked_at: now }, timeline: [] };
    case 'agent_answered':
      return call.answered_at || !call.started_at ? null : answered(call, now);
    case 'agent_finished':
      // The page may still tell why it left: only the grace decides.
      if (event.reason === 'user_disconnected') return callerLeft(call, event.reason, now);
      return end(call, event.reason, 'agent', event.error ? { error: event.error } : {}, now);
    case 'terminated_by_api':
      return end(call, 'terminated_by_api', 'api', { api_key_id: event.api_key_id }, now);
    case 'terminated_by_caller':
      return end(call, event.reason, 'caller', {}, now);
    case 'room_finished':
      return end(call, roomFinishedReason(call), 'media', {}, now);
    case 'room_deleted':
      return end(call, roomDeletedReason(call), 'media', { room_deleted: true }, now);
    case 'turned_away':
      return end(call, 'system_at_capacity', 'server', {}, now);
    case 'server_stopped':
      return end(call, 'system_failure', 'server', { error: event.detail }, now);
    case 'time_passed':
      return timePassed(call, now);
  }
}

function callerJoined(
  call: CallState,
  event: Extract<CallEvent, { type: 'caller_joined' }>,
  now: Date,
): Decision | null {
  const { sid } = event;
  if (!call.started_at) {
    const at = happenedAt(call, event.at, now);
    const agentIsHere = call.agent_joined_at !== null && call.agent_left_at === null;
    const status: CallStatus = agentIsHere ? 'received' : 'initiated';
    return {
      changes: {
        started_at: at,
        caller_sid: sid,
        status,
        ...(agentIsHere ? { answered_at: later(at, call.agent_joined_at) } : {}),
      },
      timeline: [
        { ...row('caller_joined', 'caller'), at },
        ...(agentIsHere
          ? [{ ...row('agent_answered', 'agent'), at: later(at, call.agent_joined_at) }]
          : []),
      ],
    };
  }
  const isBack = isAnother(call.caller_sid, sid);
  if (!call.caller_left_at) return isBack ? { changes: { caller_sid: sid }, timeline: [] } : null;
  // The media server may list the connection of a page for a while after that page was left.
  const isListed = sid === null && !(event.at && event.at > call.caller_left_at);
  if (isListed && isBetweenPages(call)) return null;
  // An agent saw it leave before the media server told of the first joining.
  if (!isBack && call.caller_sid !== null && sid !== null) return null;
  return {
    changes: { caller_left_at: null, caller_left_reason: null, caller_sid: sid },
    timeline: [row('caller_returned', 'caller')],
  };
}

function callerLeft(
  call: CallState,
  reason: Extract<EndReason, 'user_disconnected' | 'network_failure'>,
  now: Date,
): Decision | null {
  if (!call.started_at) return end(call, reason, 'caller', {}, now);
  if (isBetweenPages(call)) return null;
  // A lost connection has had its time to come back before anybody called it lost.
  if (reason === 'network_failure') return end(call, reason, 'media', {}, now);
  if (call.caller_left_at) return null;
  return {
    changes: { caller_left_at: now, caller_left_reason: reason },
    timeline: [row('caller_left', 'caller', { cause: reason })],
  };
}

/** A caller that is not known to have joined is left to the deadline of its grant. */
function betweenPages(call: CallState, now: Date): Decision | null {
  if (!call.started_at || call.caller_left_at) return null;
  const cause = 'page_closed';
  return {
    changes: { caller_left_at: now, caller_left_reason: cause },
    timeline: [row('caller_left', 'caller', { cause })],
  };
}

function agentJoined(
  call: CallState,
  event: Extract<CallEvent, { type: 'agent_joined' }>,
  now: Date,
): Decision | null {
  if (isOldJoining(call, event)) return null;
  if (call.agent_joined_at && (!call.agent_left_at || isFirstJoiningOfOneGone(call, event))) {
    return agentThere(call, event, now);
  }
  const first = !call.agent_joined_at;
  const answers = first && call.started_at !== null && call.answered_at === null;
  const at = first ? happenedAt(call, event.at, now) : now;
  const answeredAt = later(at, call.started_at);
  const changes: Partial<CallState> = {
    agent_joined_at: call.agent_joined_at ?? at,
    agent_sid: event.sid,
    joined_agent: event.identity,
  };
  if (call.agent_left_at) Object.assign(changes, { agent_left_at: null, agent_left_reason: null });
  if (answers) Object.assign(changes, { answered_at: answeredAt, status: 'received' });
  return {
    changes,
    timeline: [
      {
        ...row(first ? 'agent_joined' : 'agent_returned', 'agent', { identity: event.identity }),
        at,
      },
      ...(answers ? [{ ...row('agent_answered', 'agent'), at: answeredAt }] : []),
    ],
  };
}

/**
 * One that reconnects is there anew before its earlier connection is told to have left. Another one changes nothing of the
 * call, whose agent is still the first one; but it may be heard.
 */
function agentThere(
  call: CallState,
  { sid, identity, at }: Extract<CallEvent, { type: 'agent_joined' }>,
  now: Date,
): Decision | null {
  const changes = { agent_sid: sid, joined_agent: identity };
  // The agent told of itself before the media server did.
  if (call.joined_agent === null && call.agent_sid === null) {
    const joined = row('agent_joined', 'agent', { identity });
    return { changes, timeline: [{ ...joined, at: happenedAt(call, at, now) }] };
  }
  if (call.joined_agent === identity) {
    return sid === null || sid === call.agent_sid ? null : { changes, timeline: [] };
  }
  if (!isAnother(call.agent_sid ?? '', sid)) return null;
  return { changes: {}, timeline: [row('second_agent_joined', 'agent', { identity })] };
}

/** What is told of the room itself, without a connection, is not late: the agent is there. */
function isFirstJoiningOfOneGone(
  call: CallState,
  { sid, at }: Extract<CallEvent, { type: 'agent_joined' }>,
): boolean {
  const isLate = at && sid !== null && call.agent_left_at && at < call.agent_left_at;
  return Boolean(isLate) && call.joined_agent === null && call.agent_sid === null;
}

/** Webhooks tell whole seconds. One of a time before the agent's first known joining is of a connection that is gone. */
function isOldJoining(call: CallState, { at }: { at?: Date }): boolean {
  // Of a clock that has told of a time before the call, age cannot be judged.
  if (!at || !call.agent_joined_at || at < call.created_at) return false;
  return call.joined_agent !== null && at.getTime() + 1_000 <= call.agent_joined_at.getTime();
}

function agentLeft(
  call: CallState,
  reason: Extract<CallEvent, { type: 'agent_left' }>['reason'],
  now: Date,
): Decision | null {
  if (!call.agent_joined_at || call.agent_left_at) return null;
  return {
    changes: { agent_left_at: now, agent_left_reason: reason },
    timeline: [row('agent_left', 'agent', { cause: reason })],
  };
}

function answered(call: CallState, now: Date): Decision {
  return {
    changes: {
      answered_at: now,
      agent_joined_at: call.agent_joined_at ?? now,
      status: 'received',
    },
    timeline: [row('agent_answered', 'agent')],
  };
}

/** A room that is gone although nobody was seen to leave it broke. */
function roomFinishedReason(call: CallState): EndReason {
  if (!call.started_at) return 'caller_never_joined';
  return call.caller_left_reason ?? call.agent_left_reason ?? 'system_failure';
}

function roomDeletedReason(call: CallState): EndReason {
  const agentIsHere = call.agent_joined_at && !call.agent_left_at && !call.caller_left_at;
  return call.started_at && agentIsHere ? 'agent_disconnected' : roomFinishedReason(call);
}

function timePassed(call: CallState, now: Date): Decision | null {
  const deadline = nextDeadline(call);
  if (!deadline || deadline.at > now) return null;
  return end(call, deadline.reason, 'server', {}, now, endedBefore(call, deadline.reason));
}

/** Who hung up ended the call then, not when the grace was over. */
function endedBefore(call: CallState, reason: EndReason): Date | undefined {
  const left = reason === 'agent_disconnected' ? call.agent_left_at : null;
  return call.caller_left_at ?? left ?? undefined;
}

function end(
  call: CallState,
  reason: EndReason,
  source: TimelineDraft['source'],
  detail: Record<string, unknown>,
  now: Date,
  endedAt: Date = now,
): Decision {
  const status = endStatus(progressOf(call), reason);
  const duration = call.started_at
    ? Math.max(0, endedAt.getTime() - call.started_at.getTime())
    : null;
  return {
    changes: { status, end_reason: reason, ended_at: endedAt, duration_ms: duration },
    timeline: [{ ...row('call_ended', source, { end_reason: reason, ...detail }), at: endedAt }],
  };
}

function progressOf(call: CallState): Progress {
  if (call.answered_at) return 'received';
  return call.started_at ? 'initiated' : 'created';
}

function row(
  type: TimelineDraft['type'],
  source: TimelineDraft['source'],
  detail: Record<string, unknown> = {},
): TimelineDraft {
  return { type, source, detail };
}

/** The media server's clock may be another: a time that cannot be is not taken. */
function happenedAt(call: CallState, at: Date | undefined, now: Date): Date {
  return at && at >= call.created_at && at <= now ? at : now;
}

function later(a: Date, b: Date | null): Date {
  return b && b > a ? b : a;
}

/** A participant that comes again has another sid; news of the earlier one is old. */
function isAnother(known: string | null, sid: string | null): boolean {
  return known !== null && sid !== null && known !== sid;
}
