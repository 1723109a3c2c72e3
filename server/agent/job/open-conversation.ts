/** Builds the session of a claimed job, and what the server is told of it. */
import type { voice } from '@livekit/agents';
import { retry } from '../../../sdk/rest/core/retry.js';
import type { AgentJobSuccessor, AgentJobTransferRequest } from '../../../sdk/wire/agent-job.js';
import { FoundVariables } from '../functions/found-variables.js';
import type { Embedder } from '../offline/embedding/embedder.js';
import { openSharedEmbedder } from '../offline/embedding/shared-embedder.js';
import { loadMoonshine } from '../offline/speech/moonshine.js';
import type { Moonshine } from '../offline/speech/moonshine.js';
import { openSharedHibari } from '../offline/speech/hibari/shared-hibari.js';
import { openSharedMoonshine } from '../offline/speech/shared-moonshine.js';
import { reportCall } from '../report/call-report.js';
import type { CallReport } from '../report/call-report.js';
import { reportUsage } from '../report/report-usage.js';
import { openReportQueue } from '../report/report-queue.js';
import type { ReportQueue } from '../report/report-queue.js';
import type { TurnNotes } from '../report/turn-notes.js';
import type { CallerPage } from '../page/open-page.js';
import { buildLlm } from '../providers/build-llm.js';
import { buildStt, hearAlike } from '../providers/build-stt.js';
import { buildTts } from '../providers/build-tts.js';
import { ProviderWatch } from '../providers/provider-watch.js';
import { buildSession, tuneSession } from '../session/build-session.js';
import { apologise, followProviders } from '../session/follow-providers.js';
import { Speaking } from '../session/speaking.js';
import type { Speaker } from '../session/speaking.js';
import type { ClaimedJob } from './claim-job.js';
import type { JobProgress } from './job-progress.js';
import type { JobTools } from './job-tools.js';
import { reachShared } from './reach-shared.js';

/** A caller waits no longer for the next agent; then this one goes on. */
const PATIENCE = { withinMs: 6_000, slowestMs: 1_000 };

/** A session that has not begun, and its report. */
export interface Conversation {
  session: voice.AgentSession;
  report: CallReport;
  queue: ReportQueue;
  watch: ProviderWatch;
  embedder: Embedder;
  variables: FoundVariables;
  page: CallerPage;
  speaking: Speaking;
  /** Asks the server for another agent that goes on with the call, as which it does not speak yet. */
  next(request: AgentJobTransferRequest): Promise<Speaker>;
  /** Tells what was used up to now. */
  tellUsage(): void;
}

/** Throws `ProviderError` for a version that this worker cannot run. */
export async function openConversation(
  { config, warm, jobs, log, trace }: JobTools,
  { job, clockOffsetMs }: ClaimedJob,
  page: CallerPage,
  progress: JobProgress,
): Promise<Conversation> {
  const queue = openReportQueue(jobs, job.job_token, (sentence) => log.warn(sentence));
  const shared = reachShared();
  const recogniser = (): Promise<Moonshine> =>
    openSharedMoonshine(shared, () => {
      log.warn('the shared recogniser is away: this call loads its own');
      return loadMoonshine(config.voiceModelsDir);
    });
  if (trace.ownId !== null) {
    const at = new Date(Date.now() + clockOffsetMs).toISOString();
    queue.push({ type: 'trace', at, trace_id: trace.ownId });
  }
  const watch = new ProviderWatch({
    recognised: trace.recognised,
    failed: (detail) => {
      log.warn(detail, 'provider failed');
      const at = new Date(Date.now() + clockOffsetMs).toISOString();
      queue.push({ type: 'note', at, name: 'provider_failed', detail: { ...detail } });
    },
    apologise: (part) => {
      if (!progress.isOver()) apologise(session, part);
    },
    giveUp: (reason) => void progress.end('system_failure', reason),
  });
  const embedder = openSharedEmbedder(shared);
  const notes: TurnNotes = {
    intent: (id, intent) => report.intent(id, intent),
    facts: (id, facts) => report.facts(id, facts),
  };
  const hibari = openSharedHibari(shared);
  const hibariFailed = (error: unknown): void =>
    log.warn({ reason: String(error) }, 'the neural voice cannot speak: flite does');
  const variables = new FoundVariables();
  const fill = variables.render;
  const offline = { ...warm, recogniser, embedder, notes, hibari, hibariFailed, fill };
  /** What nobody hears or says is not waited for, and may be missing. */
  const unlessWritten = <Part>(build: () => Part): Part | null => (job.text_only ? null : build());
  /** `before`: who speaks until this one takes over; what was said to that one is not answered again. */
  const build = async (version: AgentJobSuccessor, before?: Speaker): Promise<Speaker> => {
    const [stt, llm, tts] = await Promise.all([
      unlessWritten(() =>
        before && hearAlike(before, version)
          ? before.stt
          : buildStt(version, config, offline, watch),
      ),
      buildLlm(version, config, watch, before ? { ...offline, since: Date.now() } : offline),
      unlessWritten(() => buildTts(version, config, offline, watch)),
    ]);
    return { ...version, stt, llm, tts };
  };
  const speaking = new Speaking(await build(job));
  const session = buildSession(warm.vad);
  speaking.follow((now) => {
    variables.begin(now.settings.functions, now.variables);
    const { stt } = now;
    if (stt) watch.hearsWith(() => stt.provider);
    tuneSession(session, now);
  });
  followProviders(session, watch);
  const report = reportCall(session, queue, watch, clockOffsetMs, {
    isWritten: job.text_only,
    spoken: () => warm.vad.latest,
    early: () => {
      const phase = progress.phase();
      const reached = phase.name === 'over' ? phase.last : phase;
      return reached.name === 'conversing' ? reached.earlyTurn : null;
    },
  });
  const tellUsage = reportUsage(session, queue, watch.usage, clockOffsetMs);
  const next: Conversation['next'] = async (request) => {
    const found = await retry(() => jobs.transfer(job.job_token, request), PATIENCE);
    if (found.settings.opt_out_sensitive_data_storage) trace.keepNothing();
    return build(found, speaking.now);
  };
  return { session, report, queue, watch, embedder, variables, page, speaking, next, tellUsage };
}
