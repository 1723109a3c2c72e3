/** Tells the server how a call ended, and shuts its job down: as much as there is to tell, by how far the job had come. */
import type { voice } from '@livekit/agents';
import { setTimeout as wait } from 'node:timers/promises';
import type { AgentJobOutcome } from '../../../sdk/wire/agent-job.js';
import type { EndReason } from '../../../sdk/wire/call-status.js';
import type { AudioCacheFigures } from '../offline/speech/sentence-cache.js';
import { within } from '../providers/within.js';
import { reportOutcome } from '../report/report-outcome.js';
import type { Speaker } from '../session/speaking.js';
import type { ClaimedJob } from './claim-job.js';
import type { OpenPhase, OverPhase } from './job-phase.js';
import { AGENT_STOPPED } from './job-progress.js';
import type { JobTools } from './job-tools.js';

type WithConversation = Extract<OpenPhase, { name: 'awaiting_caller' | 'conversing' }>;

const LAST_WORDS_MS = 1_500;
/** What is being said at the end is written down; a provider that hangs is not waited for. */
const CLOSING_MS = 700;
/** The end is not kept waiting for what the caller was saying when it hung up: that is told after it, or not at all. */
const UNDERSTOOD_MS = 3_000;
/** A process that is being stopped has less time, and the end matters more than its last word. */
const STOPPED_CLOSING_MS = 200;
/** The end is told after the recording, for which it waits no longer than this. */
const RECORDING_FIRST_MS = 500;
/** A server that is away may come back for so long after a call's end. */
const SERVER_BACK_MS = 60_000;

/** Never rejects. `claiming`: a claim that is still on its way has to come back before anything can be told. */
export async function tellEnd(
  tools: JobTools,
  claiming: Promise<ClaimedJob | null>,
  over: OverPhase,
): Promise<void> {
  const { last } = over;
  if (last.name === 'awaiting_caller' || last.name === 'conversing') {
    await closeConversation(tools, last, over);
    return;
  }
  const claim = await claiming;
  const token = claim?.job.job_token;
  const recorded =
    token === undefined
      ? null
      : await reportOutcome(tools.jobs, token, outcomeOf(over), SERVER_BACK_MS);
  logEnd(tools, over, recorded);
  tools.ctx.shutdown(over.reason);
}

/** What breaks here because the server has ended the call is told to nobody: so it is when a caller leaves before its agent is there. */
function logEnd({ log }: JobTools, over: OverPhase, recorded: EndReason | null): void {
  const reason = recorded ?? over.reason;
  const isFault = reason === 'system_failure' && over.error !== AGENT_STOPPED;
  if (isFault) log.error({ reason: over.error }, 'call broke');
  log.info({ reason }, 'call ended');
}

async function closeConversation(
  tools: JobTools,
  last: WithConversation,
  over: OverPhase,
): Promise<void> {
  const { ctx, warm, jobs } = tools;
  const { claim, caller, conversation } = last;
  const { session, report, queue, watch, speaking, tellUsage } = conversation;
  const { upload, stops } = last.name === 'conversing' ? last : { upload: null, stops: [] };
  const endedAt = Date.now();
  report.endAt(endedAt);
  watch.lastWords.keep();
  upload?.endAt(endedAt);
  caller.typed.close();
  caller.audio.stop();
  for (const stop of stops) stop();
  const isStopped = over.error === AGENT_STOPPED;
  const closingMs = isStopped ? STOPPED_CLOSING_MS : CLOSING_MS;
  const closed = closeSession(session);
  await Promise.race([closed, wait(closingMs)]);
  report.settle();
  tellUsage();
  const understand = async (): Promise<void> => {
    const mostMs = isStopped ? 0 : UNDERSTOOD_MS;
    // What the session still hears by itself is not told twice.
    const [words] = await Promise.all([watch.lastWords.take(mostMs), within(closed, mostMs)]);
    report.understoodLate(words);
    tellUsage();
    await queue.flush(SERVER_BACK_MS);
  };
  const understood = understand();
  /** Why the call ended by its record, which knows what this side does not. */
  let recorded: EndReason | null = null;
  const tell = async (): Promise<void> => {
    const outcome = {
      ...outcomeOf(over),
      audio_cache: cacheUse(speaking.all, warm.sentences.figures),
    };
    const stored = upload?.finish(SERVER_BACK_MS);
    const told = queue.flush(SERVER_BACK_MS);
    await Promise.all([told, Promise.race([stored, wait(RECORDING_FIRST_MS)])]);
    recorded = await reportOutcome(jobs, claim.job.job_token, outcome, SERVER_BACK_MS);
    await Promise.all([understood, stored]);
  };
  const told = tell();
  // The caller need not wait for a server that is away.
  await Promise.race([told, wait(LAST_WORDS_MS)]);
  logEnd(tools, over, recorded);
  ctx.shutdown(over.reason);
  await told;
}

function outcomeOf({ reason, error }: OverPhase): AgentJobOutcome {
  return { end_reason: reason, ...(error === undefined ? {} : { error }) };
}

/** Other voices than the offline one keep nothing. */
function cacheUse(
  speakers: readonly Speaker[],
  figures: AudioCacheFigures,
): NonNullable<AgentJobOutcome['audio_cache']> {
  const enabled = speakers.some(
    ({ settings, fallbacks }) =>
      settings.audio_cache_enabled &&
      [settings.voice, ...fallbacks.voices].some(({ provider }) => provider === 'offline'),
  );
  return { enabled, ...figures };
}

/** Never rejects. What is being said is cut off first: how much of it was heard is not known of a closed session. */
async function closeSession(session: voice.AgentSession): Promise<void> {
  try {
    await session.interrupt({ force: true }).await;
    await session.output.audio?.waitForPlayout();
  } catch {
    // It had not begun.
  }
  await session.close().catch(() => undefined);
}
