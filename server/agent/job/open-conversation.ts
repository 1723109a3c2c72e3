/** Builds the session of a claimed job, and what the server is told of it. */
import type { voice } from '@livekit/agents';
import { loadMoonshine } from '../offline/speech/moonshine.js';
import type { Moonshine } from '../offline/speech/moonshine.js';
import { openSharedMoonshine } from '../offline/speech/shared-moonshine.js';
import { reportCall } from '../report/call-report.js';
import type { CallReport } from '../report/call-report.js';
import { placeEarlyTurn } from '../report/place-early-turn.js';
import { openReportQueue } from '../report/report-queue.js';
import type { ReportQueue } from '../report/report-queue.js';
import { buildSession } from '../session/build-session.js';
import type { ClaimedJob } from './claim-job.js';
import type { JobProgress } from './job-progress.js';
import type { JobTools } from './job-tools.js';

/** A session that has not begun, and its report. */
export interface Conversation {
  session: voice.AgentSession;
  report: CallReport;
  queue: ReportQueue;
}

/** Throws `ProviderError` for a version that this worker cannot run. */
export async function openConversation(
  { ctx, config, warm, jobs, log }: JobTools,
  { job, clockOffsetMs }: ClaimedJob,
  progress: JobProgress,
): Promise<Conversation> {
  const queue = openReportQueue(jobs, job.job_token, (sentence) => log.warn(sentence));
  const recogniser = (): Promise<Moonshine> =>
    openSharedMoonshine(ctx.inferenceExecutor, () => {
      log.warn('the shared recogniser is away: this call loads its own');
      return loadMoonshine(config.voiceModelsDir);
    });
  const offline = { ...warm, recogniser };
  const session = await buildSession(job.settings, config, offline, (id, intent) =>
    report.intent(id, intent),
  );
  const earlyTurn = () => {
    const phase = progress.phase();
    return phase.name === 'conversing' ? phase.earlyTurn : null;
  };
  const placing = placeEarlyTurn(queue, clockOffsetMs, earlyTurn);
  const report = reportCall(session, placing, clockOffsetMs, () => warm.vad.latest);
  return { session, report, queue };
}
