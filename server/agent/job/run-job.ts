/** One call, from the dispatch to the outcome. */
import { voice } from '@livekit/agents';
import type { JobContext } from '@livekit/agents';
import { setTimeout as wait } from 'node:timers/promises';
import type { Logger } from 'pino';
import { openAgentJobs } from '../../../sdk/backend/agent-jobs.js';
import type { AgentJobs } from '../../../sdk/backend/agent-jobs.js';
import type { AgentJob, AgentJobOutcome } from '../../../sdk/wire/agent-job.js';
import type { CallTransferMessage } from '../../../sdk/wire/typed-text.js';
import type { AgentEndReason, EndReason } from '../../../sdk/wire/call-status.js';
import type { AgentConfig } from '../config/agent-config.js';
import { followVoice } from '../session/agent-voice.js';
import { buildSession } from '../session/build-session.js';
import { AGENT_STOPPED, openCallEnd } from './call-end.js';
import type { CallEnd } from './call-end.js';
import { reportCall } from '../report/call-report.js';
import { CALLER_RATE, CallerAudio } from '../caller/caller-audio.js';
import { callIdOf, claimJob } from './claim-job.js';
import type { ClaimedJob } from './claim-job.js';
import { buildTools } from '../functions/build-tools.js';
import { watchFirstWords } from '../session/first-words.js';
import { jobLog } from './job-log.js';
import { loadMoonshine } from '../offline/speech/moonshine.js';
import type { Moonshine } from '../offline/speech/moonshine.js';
import { openSharedMoonshine } from '../offline/speech/shared-moonshine.js';
import type { Warm } from './prewarm.js';
import { startRecordingUpload } from '../recording/recording-upload.js';
import type { RecordingUpload } from '../recording/recording-upload.js';
import { StereoTimeline } from '../recording/stereo-timeline.js';
import { tapAgent } from '../recording/tap-session.js';
import { cutText } from '../report/cut-text.js';
import { placeEarlyTurn } from '../report/place-early-turn.js';
import type { EarlyTurn } from '../report/place-early-turn.js';
import { openReportQueue } from '../report/report-queue.js';
import { reportOutcome } from '../report/report-outcome.js';
import { connectBounded, startInRoom } from '../session/start-in-room.js';
import { hearTyped } from '../typed/hear-typed.js';
import type { TypedWords } from '../typed/hear-typed.js';
import { typeInto } from '../typed/type-into.js';
import { watchCaller } from '../caller/watch-caller.js';
import type { CallerWatch } from '../caller/watch-caller.js';
import { watchConnection } from '../caller/watch-connection.js';
import { watchSilence } from '../session/watch-silence.js';

const LAST_WORDS_MS = 1_500;
/** What is being said at the end is written down; a provider that hangs is not waited for. */
const CLOSING_MS = 700;
/** A process that is being stopped has less time, and the end matters more than its last word. */
const STOPPED_CLOSING_MS = 200;
/** The end is told after the recording, for which it waits no longer than this. */
const RECORDING_FIRST_MS = 500;
/** A server that is away may come back for so long after a call's end. */
const PATIENCE_MS = 60_000;
const TRANSFER_TOPIC = 'dialnexa.transfer';

/** Answers the call. What breaks here ends the call as `system_failure`. */
export async function runJob(ctx: JobContext, config: AgentConfig, warm: Warm): Promise<void> {
  const callId = callIdOf(ctx.job.metadata);
  if (callId === null) {
    ctx.shutdown('the job is not for a call of ours');
    return;
  }
  const log = jobLog(callId);
  const jobs = openAgentJobs({ serverUrl: config.serverUrl, callId });
  const claiming = claimJob(jobs, ctx.info.token).catch((reason: unknown) => {
    log.error({ reason: String(reason) }, 'job not claimed');
    return null;
  });
  const end = openCallEnd(ctx, async (reason, error) => {
    const claim = await claiming;
    const outcome = outcomeOf(reason, error);
    const recorded =
      claim && (await reportOutcome(jobs, claim.job.job_token, outcome, PATIENCE_MS));
    log.info({ reason: recorded ?? reason }, 'call ended');
    ctx.shutdown(reason);
  });
  // One after the other: connecting keeps this thread busy, and the clocks could not be compared.
  const claim = await claiming;
  if (!claim) {
    ctx.shutdown('the job was not claimed');
    return;
  }
  const typed = hearTyped(ctx.room, claim.job.caller_identity);
  const caller = new CallerAudio(ctx.room, claim.job.caller_identity);
  const presence = watchCaller(ctx.room, claim.job.caller_identity, end.finish);
  try {
    if (!end.isOver()) await connectBounded(ctx);
    typed.joined();
    const parts = { typed, caller, presence };
    if (!end.isOver()) await answer(ctx, config, warm, jobs, claim, parts, end, log);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    log.error({ reason }, 'call broke');
    await end.finish('system_failure', cutText(reason, 500));
  }
}

/** What is known of the caller: what it types, what it says, and whether it is there. */
interface CallerParts {
  typed: TypedWords;
  caller: CallerAudio;
  presence: CallerWatch;
}

async function answer(
  ctx: JobContext,
  config: AgentConfig,
  warm: Warm,
  jobs: AgentJobs,
  { job, clockOffsetMs }: ClaimedJob,
  { typed, caller, presence }: CallerParts,
  end: CallEnd,
  log: Logger,
): Promise<void> {
  const { settings } = job;
  const lost = (sentence: string): void => log.warn(sentence);
  const queue = openReportQueue(jobs, job.job_token, lost);
  const recogniser = (): Promise<Moonshine> =>
    openSharedMoonshine(ctx.inferenceExecutor, () => {
      log.warn('the shared recogniser is away: this call loads its own');
      return loadMoonshine(config.voiceModelsDir);
    });
  const session = await buildSession(settings, config, { ...warm, recogniser }, (id, intent) =>
    report.intent(id, intent),
  );
  let earlyTurn: EarlyTurn | null = null;
  const placing = placeEarlyTurn(queue, clockOffsetMs, () => earlyTurn);
  const report = reportCall(session, placing, clockOffsetMs, () => warm.vad.latest);
  let upload: RecordingUpload | null = null;
  const undo: (() => void)[] = [typed.close, () => caller.stop()];

  /** Why the call ended by its record, which knows what this side does not. */
  let recorded: EndReason | null = null;
  const tellTheEnd = async (outcome: AgentJobOutcome): Promise<void> => {
    const stored = upload?.finish(PATIENCE_MS);
    await Promise.all([queue.flush(PATIENCE_MS), Promise.race([stored, wait(RECORDING_FIRST_MS)])]);
    recorded = await reportOutcome(jobs, job.job_token, outcome, PATIENCE_MS);
    await stored;
  };
  end.tellBy(async (reason, error) => {
    const endedAt = Date.now();
    report.endAt(endedAt);
    upload?.endAt(endedAt);
    for (const stop of undo) stop();
    const closingMs = error === AGENT_STOPPED ? STOPPED_CLOSING_MS : CLOSING_MS;
    await Promise.race([closeSession(session), wait(closingMs)]);
    report.settle();
    const told = tellTheEnd({
      ...outcomeOf(reason, error),
      ...(warm.flite.cache.lookups > 0 ? { audio_cache: { ...warm.flite.cache } } : {}),
    });
    // The caller need not wait for a server that is away.
    await Promise.race([told, wait(LAST_WORDS_MS)]);
    log.info({ reason: recorded ?? reason }, 'call ended');
    ctx.shutdown(reason);
    await told;
  });
  if (end.isOver()) return;

  const agent = new voice.Agent({
    instructions: settings.prompt,
    tools: buildTools(settings.functions, {
      allowPrivateHosts: config.allowPrivateHosts,
      endCall: () => void end.finish('agent_disconnected'),
      transfer: async (name, destinations) => {
        const message: CallTransferMessage = { name, destinations: [...destinations] };
        const text = JSON.stringify(message);
        await ctx.room.localParticipant?.sendText(text, { topic: TRANSFER_TOPIC });
        report.note('call_transfer', { ...message });
      },
      onCalled: report.functionCalled,
    }),
  });
  session.on(voice.AgentSessionEventTypes.Close, ({ reason, error }) => {
    if (String(reason) === String(voice.CloseReason.ERROR)) {
      void end.finish('system_failure', `${error?.type ?? 'error'}: the provider failed`);
    } else void end.finish('system_failure', AGENT_STOPPED);
  });
  session.input.audio = caller;
  await startInRoom(session, {
    agent,
    room: ctx.room,
    inputOptions: {
      participantIdentity: job.caller_identity,
      textEnabled: false,
      // How the call ends is decided in one place: what the framework closes by itself forgets what was heard.
      closeOnDisconnect: false,
    },
  });
  // The caller may be on the way in still, or have left while its agent was.
  await presence.isHere();
  if (end.isOver()) return;
  if (session.output.audio) followVoice(session, session.output.audio, report.heard);
  const early = await caller.early();
  if (end.isOver()) return;
  const timeline = job.record ? new StereoTimeline(CALLER_RATE, early.since) : null;
  if (timeline) {
    if (session.output.audio) tapAgent(session.output.audio, timeline);
    const serverStart = new Date(early.since + clockOffsetMs);
    upload = startRecordingUpload(timeline, jobs, job.job_token, serverStart, lost);
  }
  const firstWords = watchFirstWords(session);
  if (early.voice) {
    earlyTurn = { voice: early.voice, handedAt: Date.now() };
    firstWords.perhaps();
  }
  caller.open(({ at, frame }) => timeline?.add('caller', at, frame.data.slice()));
  report.answered();
  log.info('call answered');
  const connection = watchConnection(ctx.room, job.caller_identity);
  const silence = watchSilence(session, settings, {
    isLost: connection.isLost,
    remind: (text) => void session.say(text, { addToChatCtx: true }),
    giveUp: () => void end.finish('silence_timeout'),
  });
  typed.listen({
    say: (text) => {
      firstWords.spoken();
      typeInto(session, text);
    },
    typing: silence.typing,
    refused: (reason, times) => report.note('text_refused', { reason, times }),
  });
  undo.push(
    connection.stop,
    silence.stop,
    after(settings.max_call_duration_sec * 1000, () => void end.finish('max_duration_reached')),
  );
  await wait(settings.pause_before_speaking_sec * 1000);
  const hasSpoken = await firstWords.settled();
  await presence.isHere();
  // A call may end while its agent is still on the way in.
  if (!hasSpoken && !end.isOver()) speakFirst(session, job);
}

function outcomeOf(reason: AgentEndReason, error?: string): AgentJobOutcome {
  return { end_reason: reason, ...(error === undefined ? {} : { error }) };
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

function speakFirst(session: voice.AgentSession, { settings }: AgentJob): void {
  if (settings.conversation_start_type === 'user') return;
  const { welcome_message: welcome } = settings;
  if (settings.conversation_start_type === 'agent_dynamic' && settings.llm.provider !== 'offline') {
    session.generateReply();
  } else if (welcome?.trim()) session.say(welcome, { addToChatCtx: true });
}

function after(ms: number, act: () => void): () => void {
  const timer = setTimeout(act, ms);
  return () => clearTimeout(timer);
}
