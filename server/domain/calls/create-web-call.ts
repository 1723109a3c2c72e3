/** Starts a web call: picks the version, writes the record, mints the grant. */
import type { CreateWebCallRequest, CreateWebCallResponse } from '../../../sdk/wire/web-call.js';
import { DomainError } from '../errors/domain-error.js';
import { hashSecret, newId, newSecret } from '../ids.js';
import type { Principal } from '../keys/principal.js';
import type { DomainPorts } from '../ports/domain-ports.js';
import type { WholeCallRow } from '../ports/rows.js';
import type { CallCeilings, CallOccupancy } from '../ports/store.js';
import { timelineRows } from './apply-event.js';
import { newConsent } from './call-consent.js';
import { ceilingsOf, limitReached } from './call-limits.js';
import { chooseVersion } from './choose-version.js';
import type { ChosenVersion } from './choose-version.js';
import { knownTimeZone } from './known-time-zone.js';
import { nextDeadline } from './deadlines.js';
import { newRoomName } from './room-name.js';

/** Time to join with a grant. */
const GRANT_MS = 120_000;
/**
 * The same for a grant in LiveKit's shape: its clients hand an answer out again, room and all, until a minute before the
 * token says that it expires, and would bring a visitor back into the room of the call before. LiveKit itself forgives a minute.
 */
const LIVEKIT_GRANT_MS = 60_000;
/** How long the room waits for its caller, and who fits in: the caller and two listeners; agents are not counted. */
export const ROOM_LIMITS = { emptyTimeoutSec: 60, departureTimeoutSec: 20, maxParticipants: 3 };

/** Tell who asks from others for a day, without saying who it is. */
export interface CallMarks {
  /** One network address. */
  address: string;
  /** One browser at that address, as far as it says what it is. */
  visitor: string;
}

/** Where a call was asked for; the record keeps it as its route. */
export interface CallSource {
  principal: Principal;
  origin: string | null;
  userAgent: string | null;
  entryPoint: 'web_calls' | 'livekit_token';
  /** Where it is known who asks. */
  marks?: CallMarks;
  /** Those that calls which began before midnight may have. */
  formerMarks?: CallMarks;
}

/** Throws `validation_failed`, `not_found`, `version_not_published`, `capacity_reached` or `rate_limited`. */
export async function createWebCall(
  ports: DomainPorts,
  source: CallSource,
  request: CreateWebCallRequest,
): Promise<CreateWebCallResponse> {
  if (request.entry_point === 'test' && source.principal.kind !== 'secret') {
    throw DomainError.validationFailed(['entry_point "test" takes a secret key.']);
  }
  const { workspaceId, keyId } = source.principal;
  const chosen = await chooseVersion(ports, workspaceId, keyId, request);
  const isByName = source.entryPoint === 'livekit_token';
  const choice = isByName ? { ...chosen, chosenBy: 'agent_name' as const } : chosen;
  const callToken = newSecret('dnx_call_');
  const call = newCall(choice, source, request, callToken, ports.clock.now());
  const joinMs = isByName ? LIVEKIT_GRANT_MS : GRANT_MS;
  const expiresAt = new Date(call.created_at.getTime() + joinMs);
  const agentMetadata = isByName ? request.metadata?.agent_metadata : undefined;
  const accessToken = await ports.media.mintJoinToken({
    roomName: call.room_name,
    identity: call.caller_identity,
    agentName: ports.agentName,
    agentMetadata: JSON.stringify({
      call_id: call.id,
      agent_metadata: agentMetadata,
      text_only: request.text_only || undefined,
    }),
    issuedAt: call.created_at,
    expiresAt,
    ...ROOM_LIMITS,
  });
  const detail = { agent_version_id: call.agent_version_id, chosen_by: choice.chosenBy };
  const created = { type: 'call_created', source: 'api', detail } as const;
  const rows = timelineRows(call.id, [created], call, call.created_at);
  const ceilings = ceilingsOf(chosen);
  const found = await ports.store.insertCall(call, rows, ceilings, source.formerMarks);
  if (found) throw refusalOf(found, ceilings, call.created_at);
  return {
    call_id: call.id,
    type: 'web',
    status: call.status,
    agent_id: call.agent_id,
    agent_name: call.agent_name,
    agent_version_id: call.agent_version_id,
    agent_version_number: call.agent_version_number,
    server_url: ports.mediaUrl,
    access_token: accessToken,
    call_token: callToken,
    expires_at: expiresAt.toISOString(),
  };
}

function refusalOf(found: CallOccupancy, ceilings: CallCeilings, now: Date): Error {
  const reached = limitReached(found, ceilings, now);
  return reached ? DomainError.limitReached(reached) : new Error('refused within all limits');
}

function newCall(
  { agent, version, chosenBy }: ChosenVersion,
  source: CallSource,
  request: CreateWebCallRequest,
  callToken: string,
  now: Date,
): WholeCallRow {
  const { principal } = source;
  const call: WholeCallRow = {
    id: newId('call'),
    workspace_id: principal.workspaceId,
    type: 'web',
    call_direction: 'inbound',
    entry_point: request.entry_point ?? 'web',
    status: 'created',
    end_reason: null,
    agent_id: agent.id,
    agent_name: agent.title,
    agent_version_id: version.id,
    agent_version_number: version.version_number,
    agent_version_title: version.version_title,
    settings_hash: version.settings_hash,
    max_call_duration_sec: version.max_call_duration_sec,
    opt_out_sensitive_data_storage: version.opt_out_sensitive_data_storage,
    room_name: newRoomName(principal.workspaceId),
    room_open: true,
    caller_identity: newId('caller'),
    agent_identity: null,
    caller_sid: null,
    agent_sid: null,
    joined_agent: null,
    call_token_hash: hashSecret(callToken),
    job_token_hash: null,
    variables: request.variables ?? {},
    metadata: request.metadata ?? {},
    consent: request.consent ? newConsent(request.consent, principal.kind !== 'secret', now) : null,
    route: {
      api_key_id: principal.keyId,
      api_key_name: principal.name,
      api_key_kind: principal.kind,
      origin: source.origin,
      chosen_by: chosenBy,
      entry_point: source.entryPoint,
      // An address may hold anything.
      page_url: version.opt_out_sensitive_data_storage ? null : (request.page_url ?? null),
      locale: request.locale ?? null,
      time_zone: knownTimeZone(request.time_zone),
      user_agent: source.userAgent,
      text_only: request.text_only ?? false,
      ...source.marks,
    },
    created_at: now,
    grant_expires_at: new Date(now.getTime() + GRANT_MS),
    started_at: null,
    agent_joined_at: null,
    agent_asked_at: null,
    answered_at: null,
    caller_left_at: null,
    caller_left_reason: null,
    agent_left_at: null,
    agent_left_reason: null,
    ended_at: null,
    duration_ms: null,
    due_at: null,
    next_event_seq: 1,
    turn_count: 0,
    latency_ms: null,
    sentiment: 'unknown',
    summary: null,
    json_output: null,
    cost: null,
    findings: [],
    analysis_status: 'none',
    analysis: null,
    sensitive_delete: false,
    recording_status: 'none',
    recording_sample_rate: null,
    recording_started_at: null,
    recording_next_seq: 0,
    recording_bytes: 0,
    listener_id: null,
    listener_until: null,
  };
  return { ...call, due_at: nextDeadline(call)?.at ?? null };
}
