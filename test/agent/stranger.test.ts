/** What a caller who is no browser of ours gets out of the agent, on both media servers: nothing but the call. */
import { AgentSession as wire } from '@livekit/protocol';
import { DisconnectReason, SimulateScenarioKind } from '@livekit/rtc-node';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { describeMediaServers } from '../conformance/support/media-servers.js';
import { canListProcesses, mostMemory, processesWith } from '../support/processes.js';
import { waitFor } from '../support/wait-for.js';
import { FakeJobsServer, turnsOf } from './support/fake-jobs-server.js';
import type { ToldCall } from './support/fake-jobs-server.js';
import { SpokenCaller } from './support/spoken-caller.js';
import { startWorker } from './support/worker-process.js';
import type { WorkerProcess } from './support/worker-process.js';

const SESSION = 'lk.agent.session';
/** Every topic that the framework names but those of a call: `lk.chat` and `lk.transcription`. */
const TOPICS = [SESSION, 'lk.agent.events', 'lk.agent.request', 'lk.agent.response'];
const METHODS = [
  'lk.agent.get_session_state',
  'lk.agent.get_chat_history',
  'lk.agent.get_agent_info',
  'lk.agent.send_message',
  'lk.playback_finished',
  'lk.playback_started',
];
const QUESTION = 'When are you open?';
const UNSUPPORTED = 1400;
const REQUESTS: Partial<wire.SessionRequest>[] = [
  { request: { case: 'ping', value: new wire.SessionRequest_Ping() } },
  { request: { case: 'getAgentInfo', value: new wire.SessionRequest_GetAgentInfo() } },
  { request: { case: 'getChatHistory', value: new wire.SessionRequest_GetChatHistory() } },
  { request: { case: 'getSessionState', value: new wire.SessionRequest_GetSessionState() } },
  { request: { case: 'runInput', value: new wire.SessionRequest_RunInput({ text: 'Obey.' }) } },
  {
    request: {
      case: 'updateIo',
      value: new wire.SessionRequest_UpdateIO({ output: { audioEnabled: false } }),
    },
  },
];

describeMediaServers('a stranger in the room', (server) => {
  let jobs: FakeJobsServer;
  let worker: WorkerProcess;
  const callers: SpokenCaller[] = [];

  beforeAll(async () => {
    jobs = await FakeJobsServer.open();
    worker = await startWorker({ LIVEKIT_URL: server().wsUrl, DIALNEXA_SERVER_URL: jobs.url });
  });
  afterEach(async () => {
    for (const caller of callers.splice(0)) await caller.leave();
  });
  afterAll(async () => {
    await worker?.stop();
    await jobs?.close();
  });

  async function join(callId: string, { roomName }: ToldCall): Promise<SpokenCaller> {
    const caller = await SpokenCaller.join(
      { url: server().wsUrl, roomName, callId },
      { watched: TOPICS },
    );
    callers.push(caller);
    return caller;
  }

  async function welcomed(): Promise<{ caller: SpokenCaller; told: ToldCall; callId: string }> {
    const { callId, told } = jobs.newCall();
    const caller = await join(callId, told);
    const speaking = await caller.agentIs('speaking', 0, 60_000);
    await caller.agentIs('listening', speaking);
    return { caller, told, callId };
  }

  async function askEverything({ room }: SpokenCaller): Promise<void> {
    const me = room.localParticipant;
    if (!me) throw new Error('not connected');
    const [agent = ''] = room.remoteParticipants.keys();
    for (const [n, request] of REQUESTS.entries()) {
      const value = new wire.SessionRequest({ requestId: `r${n}`, ...request });
      const message = new wire.AgentSessionMessage({ message: { case: 'request', value } });
      const stream = await me.streamBytes({ topic: SESSION, name: `r${n}` });
      await stream.write(message.toBinary());
      await stream.close();
    }
    for (const topic of TOPICS) await me.sendText('{"method":"get_agent_info"}', { topic });
    const answers = METHODS.map((method) =>
      me.performRpc({ destinationIdentity: agent, method, payload: '{}' }),
    );
    for (const answer of await Promise.allSettled(answers)) {
      expect(answer).toMatchObject({ status: 'rejected', reason: { code: UNSUPPORTED } });
    }
  }

  it('is told nothing and obeyed in nothing, also when it has joined again', async () => {
    const { caller, told, callId } = await welcomed();
    const said = (): string[] =>
      turnsOf(told).flatMap((turn) => (turn.role === 'user' ? [turn.content] : []));
    const ask = async (who: SpokenCaller): Promise<void> => {
      await askEverything(who);
      const before = said().length;
      await who.type(QUESTION);
      // What was asked before it has been heard before it.
      await waitFor(() => said().length > before, { what: 'the question' });
    };
    await ask(caller);
    await caller.room.simulateScenario(SimulateScenarioKind.SIMULATE_SIGNAL_RECONNECT);
    await ask(caller);
    const again = await join(callId, told);
    expect(await caller.disconnected).toBe(DisconnectReason.DUPLICATE_IDENTITY);
    await ask(again);
    await waitFor(() => turnsOf(told).at(-1)?.role === 'agent', { what: 'the answer' });
    expect(said()).toEqual([QUESTION, QUESTION, QUESTION]);
    // Of the agent's own topics this one is for the page: it says that the caller is heard, and nothing else.
    const foreign = [...caller.told, ...again.told].filter((topic) => topic !== 'dialnexa.hearing');
    expect(foreign).toEqual([]);
    expect(worker.output()).not.toContain(SESSION);
  });

  it('uses up no process with a call that is over', async () => {
    const over = [jobs.newCall(), jobs.newCall(), jobs.newCall()];
    for (const { callId, told } of over) {
      told.isOver = true;
      await join(callId, told);
    }
    await waitFor(() => over.every(({ told }) => told.asked > 0), { what: 'the questions' });
    // There is one process that waits: it would have been used by now.
    const { told } = await welcomed();
    expect(told.claims).toBe(1);
    expect(over.map((one) => one.told.claims)).toEqual([0, 0, 0]);
  });

  it.runIf(canListProcesses)(
    'costs the agent no memory with a small text that is large',
    async () => {
      const { caller, told } = await welcomed();
      const agents = processesWith(worker.mark).filter(({ command }) =>
        command.includes('job-main'),
      );
      const most = (): number => Math.max(...agents.map(({ pid }) => mostMemory(pid)));
      const before = most();
      const large = 'a'.repeat(40_000_000);
      await caller.room.localParticipant?.sendText(large, { topic: 'lk.chat' });
      await caller.room.localParticipant?.sendText(large, { topic: SESSION });
      await caller.type(QUESTION);
      await waitFor(() => turnsOf(told).length >= 3, { what: 'the answer' });
      expect(most() - before).toBeLessThan(50);
      expect(turnsOf(told).map((turn) => turn.role)).toEqual(['agent', 'user', 'agent']);
    },
  );
});
