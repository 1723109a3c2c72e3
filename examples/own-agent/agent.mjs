/**
 * A LiveKit agent of your own which tells the call's record what happened.
 *
 *   AGENT_WORKER=none npm start              # in another terminal: everything but our own agent
 *   LIVEKIT_URL=… LIVEKIT_API_KEY=… LIVEKIT_API_SECRET=… node examples/own-agent/agent.mjs start
 */
import { fileURLToPath } from 'node:url';
import { openAgentJobs } from '@dialnexa/web-call/backend';
import { cli, defineAgent, ServerOptions, voice } from '@livekit/agents';
import { DisconnectReason, RoomEvent } from '@livekit/rtc-node';
import { startRecording } from './recording.mjs';
import { openReport, turnOf, usageOf } from './report.mjs';
import { speech } from './speech.mjs';

const { DIALNEXA_SERVER_URL: serverUrl = 'http://127.0.0.1:8787', AGENT_NAME = 'dialnexa' } =
  process.env;
const { AgentSessionEventTypes: Events, CloseReason } = voice;
/** What this machine can answer together. */
const CALLS_AT_ONCE = 10;

export default defineAgent({
  entry: async (ctx) => {
    // The call that LiveKit's job is for. Whoever holds the job's token may speak for it.
    const { call_id: callId } = JSON.parse(ctx.job.metadata);
    const jobs = openAgentJobs({ serverUrl, callId });
    const [job] = await Promise.all([jobs.claim(ctx.info.token), connect(ctx)]);
    const report = openReport(jobs, job.job_token, job.server_time);

    // What to be: the prompt and the welcome of the published version, its variables filled in.
    const { prompt, welcome_message: welcome } = job.settings;
    const session = new voice.AgentSession(speech());
    const agent = new voice.Agent({ instructions: prompt });

    // What was said, with its times and how long the answer took.
    let question = null;
    const heard = { until: 0, words: '' };
    session.on(Events.ConversationItemAdded, ({ item }) => {
      const turn = item.type === 'message' ? turnOf(item, question, report.at, heard) : null;
      if (turn) report.push(turn);
      if (item.role === 'assistant') heard.words = '';
      if (item.role === 'user') question = item;
      if (turn?.role === 'agent' && /^goodbye/i.test(turn.content)) void end('agent_disconnected');
    });

    // How it ended: the server closes the room then, and the page shows the reason.
    let finishRecording = async () => undefined;
    let ended = null;
    const end = (endReason) =>
      (ended ??= (async () => {
        await finishRecording();
        // What it used of each provider: with the operator's prices, that is the cost of the call.
        report.push(usageOf(session, report.at));
        await report.end({ end_reason: endReason });
        ctx.shutdown(endReason);
      })());
    let hasHungUp = false;
    ctx.room.on(RoomEvent.ParticipantDisconnected, async ({ identity, disconnectReason }) => {
      if (identity !== job.caller_identity) return;
      if (disconnectReason !== DisconnectReason.CLIENT_INITIATED) return;
      hasHungUp = true;
      // Of what is being said a part was heard: a session that closes by itself forgets how much.
      await session.interrupt({ force: true }).await;
      await session.output.audio?.waitForPlayout();
      await session.close();
    });
    session.on(Events.Close, ({ reason }) => {
      if (hasHungUp) void end('user_disconnected');
      else void end(reason === CloseReason.ERROR ? 'system_failure' : 'agent_disconnected');
    });
    ctx.addShutdownCallback(() => end('system_failure'));

    // The caller is a stranger. A room that the session opens itself would tell it the prompt and what functions
    // answer, and take its orders (topic lk.agent.session), so the session is given one.
    const inputOptions = { participantIdentity: job.caller_identity, closeOnDisconnect: false };
    session.updateAgent(agent);
    session._roomIO = new voice.RoomIO({ agentSession: session, room: ctx.room, inputOptions });
    session._roomIO.start();
    await session.start({ agent });
    session.output.audio.on('playbackProgressed', ({ startedAt, duration }) => {
      // Shorter ones are what an interrupted answer lets out before the rest is thrown away.
      if (duration > 100) heard.until = startedAt + duration;
    });
    session.output.audio.on('playbackFinished', ({ synchronizedTranscript = '' }) => {
      heard.words += synchronizedTranscript;
    });
    report.push({ type: 'answered', at: report.at() });
    if (job.record) finishRecording = startRecording({ ctx, session, job, jobs, at: report.at });
    session.say(welcome || 'Hello.');
  },
});

/** Joins the room. A small text from the caller may not become a large one when it is unpacked. */
function connect(ctx) {
  const { room } = ctx;
  const join = room.connect.bind(room);
  const dataStream = { maxPayloadByteLength: 262_144 };
  room.connect = (url, token, options) => join(url, token, { ...options, dataStream });
  return ctx.connect();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  cli.runApp(
    new ServerOptions({
      agent: fileURLToPath(import.meta.url),
      agentName: AGENT_NAME,
      host: '127.0.0.1',
      port: 0,
      // LiveKit gives no call to a worker whose load is 0.7 or more, and asks once only. The framework reports the processor's,
      // so that a busy moment would turn a caller away; this counts calls.
      loadFunc: async ({ activeJobs }) => Math.min(1, (0.7 * activeJobs.length) / CALLS_AT_ONCE),
      loadThreshold: Infinity,
      // By itself the framework ends a process that takes ten seconds to load, and loads another: a busy machine never has one.
      initializeProcessTimeout: 60_000,
    }),
  );
}
