/** Brings the agent and its caller together: session into the room, caller heard, first words spoken. */
import { voice } from '@livekit/agents';
import { setTimeout as wait } from 'node:timers/promises';
import { CALLER_RATE } from '../caller/caller-audio.js';
import type { EarlySound } from '../caller/caller-audio.js';
import { watchConnection } from '../caller/watch-connection.js';
import { startRecordingUpload } from '../recording/recording-upload.js';
import type { RecordingUpload } from '../recording/recording-upload.js';
import { StereoTimeline } from '../recording/stereo-timeline.js';
import { tapAgent } from '../recording/tap-session.js';
import { followVoice } from '../session/agent-voice.js';
import { watchFirstWords } from '../session/first-words.js';
import type { FirstWords } from '../session/first-words.js';
import { tellableJson } from '../report/tellable-json.js';
import { startInRoom } from '../session/start-in-room.js';
import { speakFirst } from '../session/speak-first.js';
import { watchDuration } from '../session/watch-duration.js';
import { watchSilence } from '../session/watch-silence.js';
import { answerTyped } from '../typed/answer-typed.js';
import { gatherKeys } from '../typed/gather-keys.js';
import { tellContext } from '../typed/tell-context.js';
import { buildAgent } from './build-agent.js';
import type { ClaimedJob } from './claim-job.js';
import type { CallerParts } from './job-phase.js';
import { AGENT_STOPPED } from './job-progress.js';
import type { JobProgress } from './job-progress.js';
import type { JobTools } from './job-tools.js';
import type { Conversation } from './open-conversation.js';

/** Who is to meet, and the conversation that is being made ready for them. */
export interface Expected {
  claim: ClaimedJob;
  caller: CallerParts;
  opening: Promise<Conversation>;
}

/** Resolves when the agent has greeted, or the call is over before that. Throws what makes a conversation impossible. */
export async function converse(
  tools: JobTools,
  { claim, caller, opening }: Expected,
  progress: JobProgress,
): Promise<void> {
  const conversation = await opening;
  progress.note({ type: 'conversation_opened', conversation });
  if (progress.isOver()) return;
  const { session, report, watch } = conversation;
  const { text_only: isWritten } = claim.job;
  if (isWritten) caller.audio.stop();
  else session.input.audio = caller.audio;
  session.on(voice.AgentSessionEventTypes.Close, ({ reason }) => {
    const isError = String(reason) === String(voice.CloseReason.ERROR);
    void progress.end('system_failure', isError ? watch.latestReason() : AGENT_STOPPED);
  });
  const starting = {
    agent: buildAgent(tools, conversation.speaking.now, conversation, progress),
    room: tools.ctx.room,
    inputOptions: {
      participantIdentity: claim.job.caller_identity,
      textEnabled: false,
      audioEnabled: !isWritten,
      // How the call ends is decided in one place: what the framework closes by itself forgets what was heard.
      closeOnDisconnect: false,
    },
    outputOptions: { audioEnabled: !isWritten },
  };
  await tools.trace.run(() => startInRoom(session, starting));
  // The caller may be on the way in still, or have left while its agent was.
  await caller.presence.isHere();
  if (progress.isOver()) return;
  if (session.output.audio) followVoice(session, session.output.audio, report.heard);
  const early = await caller.audio.early();
  if (progress.isOver()) return;
  const firstWords = hearCaller(tools, claim, { caller, conversation, early }, progress);
  report.answered();
  tools.log.info('call answered');
  await wait(claim.job.settings.pause_before_speaking_sec * 1000);
  const hasSpoken = await firstWords.settled();
  await caller.presence.isHere();
  // A call may end while its agent is still on the way in.
  if (!hasSpoken && !progress.isOver()) {
    speakFirst(session, claim.job.settings, conversation.variables.render);
  }
}

interface Meeting {
  caller: CallerParts;
  conversation: Conversation;
  early: EarlySound;
}

/** From now on the caller is heard, recorded and watched. */
function hearCaller(
  tools: JobTools,
  claim: ClaimedJob,
  { caller, conversation, early }: Meeting,
  progress: JobProgress,
): FirstWords {
  const { session, report, speaking } = conversation;
  const recording = record(tools, claim, conversation, early, caller.audio.whole);
  const firstWords = watchFirstWords(session);
  if (early.voice) firstWords.perhaps();
  const connection = watchConnection(tools.ctx.room, claim.job.caller_identity);
  const silence = watchSilence(session, speaking, {
    isWritten: claim.job.text_only,
    isLost: connection.isLost,
    isMuted: connection.isMuted,
    remind: (text) => void session.say(text, { addToChatCtx: true }),
    giveUp: () => void progress.end('silence_timeout'),
  });
  const duration = watchDuration(speaking, () => void progress.end('max_duration_reached'));
  const turns = answerTyped(session);
  const keys = gatherKeys(
    () => speaking.now.settings,
    (pressed) => {
      void caller.typed.give(`pressed ${[...pressed].join(' ')}`).then((isTaken) => {
        if (isTaken) report.note('keys_pressed', { keys: pressed });
      });
    },
  );
  progress.note({
    type: 'caller_heard',
    upload: recording?.upload ?? null,
    earlyTurn: early.voice && { voice: early.voice, handedAt: Date.now() },
    stops: [
      connection.stop,
      silence.stop,
      keys.stop,
      duration,
      () => report.typedLast(turns.stop()),
    ],
  });
  caller.audio.open(
    ({ at, frame }) => recording?.timeline.add('caller', at, frame.data.slice()),
    // Over a greeting that has just begun the framework hears nothing, for the sake of the browser's echo cancellation.
    () => session._onAecWarmupExpired(),
  );
  caller.typed.listen({
    text: {
      take: (text) => {
        // What was pressed before it comes before it.
        keys.finish();
        firstWords.spoken();
        turns.take(text);
      },
      refused: (reason, times) => report.note('text_refused', { reason, times }),
    },
    context: {
      take: (text) => {
        tellContext(session.currentAgent, text);
        report.note('context_told', { text: tellableJson(text, []) });
      },
      refused: (reason, times) => report.note('context_refused', { reason, times }),
    },
    key: (key) => {
      silence.typing();
      keys.press(key);
    },
    typing: silence.typing,
  });
  return firstWords;
}

/** `null` when the call keeps no recording. */
function record(
  { jobs, log }: JobTools,
  { job, clockOffsetMs }: ClaimedJob,
  { session }: Conversation,
  { since }: EarlySound,
  isComplete: Promise<void>,
): { timeline: StereoTimeline; upload: RecordingUpload } | null {
  if (!job.record || job.text_only) return null;
  const timeline = new StereoTimeline(CALLER_RATE, since);
  if (session.output.audio) tapAgent(session.output.audio, timeline);
  const startedAt = new Date(since + clockOffsetMs);
  const lost = (sentence: string): void => log.warn(sentence);
  const upload = startRecordingUpload(timeline, jobs, job.job_token, startedAt, lost, isComplete);
  return { timeline, upload };
}
