/** One call, from the dispatch to the outcome. */
import type { JobContext } from '@livekit/agents';
import { openAgentJobs } from '../../../sdk/backend/agent-jobs.js';
import { RestError } from '../../../sdk/rest/core/rest-error.js';
import { CallerAudio } from '../caller/caller-audio.js';
import { watchCaller } from '../caller/watch-caller.js';
import type { AgentConfig } from '../config/agent-config.js';
import { openPage } from '../page/open-page.js';
import { cutText } from '../report/cut-text.js';
import { connectBounded } from '../session/start-in-room.js';
import { hearTyped } from '../typed/hear-typed.js';
import { callIdOf, claimJob } from './claim-job.js';
import { converse } from './converse.js';
import { jobLog } from './job-log.js';
import { openJobProgress } from './job-progress.js';
import { openConversation } from './open-conversation.js';
import { NO_TRACE, openJobTrace } from '../tracing/job-trace.js';
import type { JobTrace } from '../tracing/job-trace.js';
import type { ClaimedJob } from './claim-job.js';
import type { JobTools } from './job-tools.js';
import type { Prewarmed } from './prewarm.js';
import { tellEnd } from './tell-end.js';

/** Answers the call. What breaks here ends the call as `system_failure`. */
export async function runJob(ctx: JobContext, config: AgentConfig, warm: Prewarmed): Promise<void> {
  const callId = callIdOf(ctx.job.metadata);
  if (callId === null) {
    ctx.shutdown('the job is not for a call of ours');
    return;
  }
  const begunAt = Date.now();
  const log = jobLog(callId);
  const jobs = openAgentJobs({ serverUrl: config.serverUrl, callId });
  const tools: JobTools = { ctx, config, warm, jobs, log, trace: NO_TRACE };
  const claiming = claimJob(jobs, ctx.info.token).catch((reason: unknown) => {
    // Its caller has hung up by then.
    const isOver = reason instanceof RestError && reason.code === 'call_already_ended';
    log[isOver ? 'info' : 'error']({ reason: String(reason) }, 'job not claimed');
    return null;
  });
  const progress = openJobProgress(ctx, (over) => tellEnd(tools, claiming, over));
  // Connecting to the room blocks this thread: begun before the claim is answered, it would spoil the clocks' comparison.
  const claim = await claiming;
  if (!claim) {
    ctx.shutdown('the job was not claimed');
    return;
  }
  tools.trace = await traced(tools, claim, begunAt);
  const { caller_identity: identity } = claim.job;
  const typed = hearTyped(ctx.room, identity);
  const audio = new CallerAudio(ctx.room, identity);
  const page = openPage(ctx.room, identity);
  const caller = { typed, audio, presence: watchCaller(ctx.room, identity, progress.end), page };
  progress.note({ type: 'claimed', claim, caller });
  const broke = async (error: unknown): Promise<void> => {
    const reason = error instanceof Error ? error.message : String(error);
    await progress.end('system_failure', cutText(reason, 500));
  };
  if (progress.isOver()) return;
  // Of the way into the room most is waiting.
  const opening = openConversation(tools, claim, page, progress);
  // What breaks there is told once the room has been joined.
  opening.catch(() => undefined);
  try {
    await connectBounded(ctx, (error) => void broke(error));
    typed.joined();
    page.tools.joined();
    if (!progress.isOver()) await converse(tools, { claim, caller, opening }, progress);
  } catch (error) {
    await broke(error);
  }
}

/** Closed after the caller is gone. A trace that cannot be begun costs the call nothing. */
async function traced(
  { ctx, config, log }: JobTools,
  { job }: ClaimedJob,
  begunAt: number,
): Promise<JobTrace> {
  const tell = (sentence: string): void => log.warn(sentence);
  const trace = await openJobTrace(config.tracing, job, begunAt, tell).catch((cause: unknown) => {
    log.warn({ reason: String(cause) }, 'the call is not traced');
    return NO_TRACE;
  });
  ctx.addShutdownCallback(trace.close);
  return trace;
}
