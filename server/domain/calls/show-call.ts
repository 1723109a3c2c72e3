/** A call record in the words of the wire. */
import type {
  CallParticipant,
  CallRoute,
  CallRecording,
  CallSummary,
  TimelineEvent,
  TranscriptTurn,
} from '../../../sdk/wire/call.js';
import { isoOrNull } from '../iso.js';
import { sinceStart } from '../since-start.js';
import { showAnalysis } from './show-analysis.js';
import { showConsent } from './call-consent.js';
import { showEvidence } from './show-evidence.js';
import type { CallRow, TimelineRow, TurnRow, WholeCallRow, WholeEvidence } from '../ports/rows.js';
import type { ShownCall } from '../explanation/observed.js';
import { WAV_HEADER_BYTES } from '../recordings/wav-header.js';
import { BYTES_PER_FRAME } from '../recordings/recorded-within.js';

/** A row of the history. */
export function showSummary(call: CallRow): CallSummary {
  return {
    id: call.id,
    type: call.type,
    call_direction: call.call_direction,
    entry_point: call.entry_point,
    status: call.status,
    end_reason: call.end_reason,
    agent_id: call.agent_id,
    agent_name: call.agent_name,
    agent_version_id: call.agent_version_id,
    agent_version_number: call.agent_version_number,
    agent_version_title: call.agent_version_title,
    created_at: call.created_at.toISOString(),
    started_at: isoOrNull(call.started_at),
    answered_at: isoOrNull(call.answered_at),
    ended_at: isoOrNull(call.ended_at),
    duration_ms: call.duration_ms,
    turn_count: call.turn_count,
    latency_ms: call.latency_ms,
    sentiment: call.sentiment,
    cost: call.cost,
    findings: call.findings,
  };
}

/** The whole detail, not yet explained; the link to the recording is the door's business. */
export function showCall(
  call: WholeCallRow,
  timeline: readonly TimelineRow[],
  turns: readonly TurnRow[],
  evidence: WholeEvidence,
): ShownCall {
  const { cost: _cost, findings: _findings, ...summary } = showSummary(call);
  return {
    ...summary,
    ...showEvidence(call, turns, evidence),
    variables: call.variables,
    metadata: call.metadata,
    consent: showConsent(call),
    route: shownRoute(call.route),
    participants: showParticipants(call, timeline),
    timeline: timeline.map(showTimeline),
    transcript: turns.map((turn) => showTurn(turn, call)),
    recording: showRecording(call),
    summary: call.summary,
    analysis: showAnalysis(call),
    json_output: call.json_output,
    sensitive_delete: call.sensitive_delete,
  };
}

/** One row of the timeline. */
export function showTimeline(row: TimelineRow): TimelineEvent {
  return {
    id: row.id,
    type: row.type,
    at: row.at.toISOString(),
    source: row.source,
    status: row.status,
    detail: row.detail,
  };
}

/** One utterance, with its times after the call's start. */
export function showTurn(row: TurnRow, call: CallRow): TranscriptTurn {
  const { turn_id: id, call_id: _call, started_at: started, ended_at: ended, ...said } = row;
  return { id, ...said, start_ms: sinceStart(call, started), end_ms: sinceStart(call, ended) };
}

function showParticipants(call: CallRow, timeline: readonly TimelineRow[]): CallParticipant[] {
  const told = timeline.find((row) => row.type === 'agent_joined')?.detail['identity'];
  const agent = typeof told === 'string' ? told : call.agent_identity;
  return [
    participant('caller', call.caller_identity, call.started_at, call.caller_left_at),
    participant('agent', agent, call.agent_joined_at, call.agent_left_at),
  ]
    .flatMap((one) => one ?? [])
    .map((one) => ({ ...one, left_at: one.left_at ?? isoOrNull(call.ended_at) }))
    .sort((a, b) => Date.parse(a.joined_at) - Date.parse(b.joined_at));
}

function participant(
  role: CallParticipant['role'],
  identity: string | null,
  joined: Date | null,
  left: Date | null,
): CallParticipant | null {
  if (!joined) return null;
  return { role, identity, joined_at: joined.toISOString(), left_at: isoOrNull(left) };
}

/** The recording, without its link. */
export function showRecording(call: CallRow): CallRecording {
  const rate = call.recording_sample_rate;
  const started = call.recording_started_at;
  const isThere = call.recording_status === 'available' || call.recording_status === 'recording';
  return {
    status: call.recording_status,
    url: null,
    expires_at: null,
    duration_ms:
      isThere && rate ? Math.round((call.recording_bytes / BYTES_PER_FRAME / rate) * 1000) : null,
    offset_ms:
      isThere && started && call.started_at ? started.getTime() - call.started_at.getTime() : null,
    channels: 2,
    sample_rate: isThere ? rate : null,
    bytes: isThere ? call.recording_bytes + WAV_HEADER_BYTES : null,
    content_type: isThere ? 'audio/wav' : null,
  };
}

function shownRoute({
  address: _address,
  visitor: _visitor,
  ...route
}: CallRow['route']): CallRoute {
  return { ...route, time_zone: route.time_zone ?? null, text_only: route.text_only ?? false };
}
