/** Decides whether a job is accepted: only once the server has said that its call waits for an agent. */
import type { JobRequest } from '@livekit/agents';
import { SignJWT } from 'jose';
import { openAgentJobs } from '../../../sdk/backend/agent-jobs.js';
import { retry } from '../../../sdk/rest/core/retry.js';
import type { AgentConfig } from '../config/agent-config.js';
import { callIdOf } from '../job/claim-job.js';

/** LiveKit gives a worker ten seconds to answer. */
const GIVE_UP_MS = 9_000;
const ONE_TRY_MS = 3_000;
const PATIENCE = { withinMs: GIVE_UP_MS - ONE_TRY_MS, slowestMs: 400 };
const TOKEN_TTL = '1m';

/**
 * Answers the job's request. No process is used for one that is rejected: a stranger with an old token may make rooms as
 * fast as it likes. So is one whose server stays away for nine seconds, since without it there is nothing to say in the
 * call; the media server may then still ask another worker. `taken` is called before a job is accepted.
 */
export async function takeJob(
  request: JobRequest,
  config: AgentConfig,
  taken: () => void,
): Promise<void> {
  const callId = callIdOf(request.job.metadata);
  const roomName = request.room?.name;
  const isWanted =
    callId !== null && roomName && (await isOpen(callId, request.id, roomName, config));
  if (!isWanted) return request.reject();
  taken();
  await request.accept();
}

async function isOpen(
  callId: string,
  jobId: string,
  roomName: string,
  { serverUrl, livekit }: AgentConfig,
): Promise<boolean> {
  const jobs = openAgentJobs({ serverUrl, callId, timeoutMs: ONE_TRY_MS });
  const token = await workerToken(jobId, roomName, livekit);
  return retry(() => jobs.isOpen(token), PATIENCE).catch(() => false);
}

/**
 * A token like the one that LiveKit gives an accepted job, as whom its agent will join: it proves to the server that this worker
 * holds LiveKit's secret.
 */
function workerToken(
  jobId: string,
  room: string,
  { apiKey, apiSecret }: AgentConfig['livekit'],
): Promise<string> {
  return new SignJWT({ kind: 'agent', video: { roomJoin: true, room } })
    .setProtectedHeader({ alg: 'HS256' })
    .setIssuer(apiKey)
    .setSubject(`agent-${jobId}`)
    .setExpirationTime(TOKEN_TTL)
    .sign(new TextEncoder().encode(apiSecret));
}
