/** The agent worker, written to or left in silence: what it says, and what is told of it. */
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { VersionSettings } from '../../sdk/wire/agent.js';
import { waitFor } from '../support/wait-for.js';
import { turnsOf } from './support/fake-jobs-server.js';
import { miniLm } from '../support/models.js';
import { CALL_TEST_MS, WorkerRig } from './support/worker-rig.js';

const rig = WorkerRig.forThisFile();
const mechanic = 'agent_mechanic';
const functions: VersionSettings['functions'] = [
  {
    type: 'call_transfer',
    name: 'hand_over',
    description: '',
    config: { agents: [{ agent_id: mechanic, description: 'Repairs.' }] },
  },
];

describe('a call without speech', () => {
  it(
    'answers what is typed',
    async () => {
      const { caller, told } = await rig.welcomed();
      await caller.type('Where is your workshop?');
      const answer = await waitFor(() => turnsOf(told)[2], { what: 'the answer' });
      expect(turnsOf(told)[1]).toMatchObject({ role: 'user', content: 'Where is your workshop?' });
      expect(answer.content).toMatch(/mill lane/i);
      if (!miniLm) return;
      // None of the version's examples is worded like it.
      await caller.type('Do you also work at weekends?');
      const other = await waitFor(() => turnsOf(told)[4], { what: 'the other answer' });
      expect(other.content).toMatch(/we are open/i);
    },
    CALL_TEST_MS,
  );

  it(
    'cuts the greeting off where something is typed, and the record has the words that the page shows',
    async () => {
      const { caller, told } = await rig.call();
      const speaking = await caller.agentIs('speaking', 0, 50_000);
      await wait(speaking + 700 - Date.now());
      expect(await caller.write('Where is your workshop?')).toBe(null);
      const turns = await waitFor(() => (turnsOf(told).length >= 3 ? turnsOf(told) : null), {
        what: 'the answer',
      });
      const greeting = turns.find((turn) => turn.interrupted);
      const typed = turns.find((turn) => turn.role === 'user');
      expect(told.settings.welcome_message).toMatch(new RegExp(`^${greeting?.content} `));
      await waitFor(() => caller.shown.length >= 1, { what: 'the words on the page' });
      expect(caller.shown[0]).toBe(greeting?.content);
      expect(turns.map(({ role, via }) => `${role} ${via}`).sort()).toEqual([
        'agent speech',
        'agent speech',
        'user text',
      ]);
      // The greeting is the version's own words, though it is told after the answer has been thought.
      const llms = turns.map((turn) => [
        turn.role,
        turn.interrupted ?? false,
        turn.providers?.llm ?? null,
      ]);
      expect(llms).toContainEqual(['agent', true, null]);
      expect(llms).toContainEqual(['agent', false, 'offline']);
      // What is typed is no stretch of time, and lies on none of the agent's.
      expect(typed?.ended_at).toBe(typed?.started_at);
      expect(typed?.confidence ?? null).toBe(null);
      expect(Date.parse(typed?.started_at ?? '')).toBeGreaterThanOrEqual(
        Date.parse(greeting?.ended_at ?? ''),
      );
    },
    CALL_TEST_MS,
  );

  it(
    'answers what is typed before the agent speaks, and greets nobody on top',
    async () => {
      const { caller, told } = await rig.call({ pause_before_speaking_sec: 1 });
      const [answered] = await Promise.all([
        caller.agentIs('listening', 0, 50_000).then(() => caller.write('Where is your workshop?')),
        waitFor(() => caller.room.remoteParticipants.size > 0, { timeoutMs: 50_000 }),
      ]);
      expect(answered).toBe(null);
      const speaking = await caller.agentIs('speaking');
      await caller.agentIs('listening', speaking);
      await waitFor(() => turnsOf(told).length >= 2, { what: 'the answer' });
      await caller.leave();
      await rig.outcome(told);
      expect(turnsOf(told).map((turn) => turn.role)).toEqual(['user', 'agent']);
      expect(turnsOf(told)[1]?.content).toMatch(/mill lane/i);
    },
    CALL_TEST_MS,
  );

  it(
    'answers what is typed while the agent may not be interrupted',
    async () => {
      const { caller, told } = await rig.call({ allow_interruptions: false });
      await caller.agentIs('speaking', 0, 50_000);
      expect(await caller.write('Where is your workshop?')).toBe(null);
      const turns = await waitFor(() => (turnsOf(told).length >= 3 ? turnsOf(told) : null), {
        what: 'the answer',
      });
      expect(turns.map((turn) => turn.role).sort()).toEqual(['agent', 'agent', 'user']);
      const greeting = turns.find((turn) => turn.content === told.settings.welcome_message);
      const typed = turns.find((turn) => turn.role === 'user');
      expect(Date.parse(typed?.started_at ?? '')).toBeGreaterThanOrEqual(
        Date.parse(greeting?.ended_at ?? ''),
      );
      expect(turns.at(-1)?.content).toMatch(/mill lane/i);
    },
    CALL_TEST_MS,
  );

  it(
    'answers every text of several that come at once, and keys that were pressed before them, in their order',
    async () => {
      const { caller, told } = await rig.welcomed();
      await caller.press('1');
      await caller.press('2');
      const texts = ['Where is your workshop?', 'When are you open?'];
      expect(await Promise.all(texts.map((text) => caller.write(text)))).toEqual([null, null]);
      const turns = await waitFor(() => (turnsOf(told).length >= 7 ? turnsOf(told) : null), {
        what: 'three answers',
        timeoutMs: 40_000,
      });
      expect(turns.slice(1).map(({ role, content }) => `${role}: ${content}`)).toEqual([
        'user: pressed 1 2',
        expect.stringMatching(/^agent: ./),
        'user: Where is your workshop?',
        expect.stringMatching(/^agent: .*mill lane/i),
        'user: When are you open?',
        expect.stringMatching(/^agent: .*we are open/i),
      ]);
      expect(turns.filter((turn) => turn.interrupted)).toEqual([]);
    },
    CALL_TEST_MS,
  );

  it(
    'takes no more texts than a person types, says so, and leaves a note',
    async () => {
      const { caller, told } = await rig.welcomed();
      const texts = Array.from({ length: 40 }, (_, i) => `Text ${i}`);
      const answers = await Promise.all(texts.map((text) => caller.write(text)));
      const refused = answers.filter((one) => one !== null);
      expect(refused.length).toBeGreaterThan(30);
      expect(new Set(refused)).toEqual(new Set(['too_fast']));
      expect(await caller.write('x'.repeat(5_000))).toBe('too_long');
      await caller.leave();
      await rig.outcome(told);
      expect(turnsOf(told).filter(({ role }) => role === 'user')).toHaveLength(40 - refused.length);
      const notes = told.events.flatMap((event) => (event.type === 'note' ? [event] : []));
      expect(notes.map(({ name, detail }) => ({ name, ...detail }))).toEqual([
        { name: 'text_refused', reason: 'too_fast', times: 1 },
        { name: 'text_refused', reason: 'too_long', times: 1 },
        { name: 'text_refused', reason: 'too_fast', times: refused.length },
      ]);
    },
    CALL_TEST_MS,
  );

  it(
    'is neither reminded nor given up while the caller types',
    async () => {
      const { caller, told } = await rig.call({
        conversation_start_type: 'user',
        reminder_message_interval: 1,
        end_call_on_silence_sec: 2,
      });
      const since = await caller.agentIs('listening', 0, 50_000);
      await waitFor(async () => (await caller.pressKey(), Date.now() - since > 4_000), {
        everyMs: 330,
      });
      expect([turnsOf(told), told.outcomes]).toEqual([[], []]);
      expect(await rig.outcome(told)).toMatchObject({ end_reason: 'silence_timeout' });
    },
    CALL_TEST_MS,
  );

  it(
    'is written on both sides where it is typed only: at once, and nothing is said, heard or recorded',
    async () => {
      const welcome =
        'Hello, this is the bicycle workshop. We repair everything that has two wheels. ' +
        'You may ask for our opening hours, for our prices, or for the state of your repair.';
      const settings: Partial<VersionSettings> = {
        welcome_message: welcome,
        end_call_on_silence_sec: 4,
        // The worker has a key for neither, and needs none.
        transcriber: { provider: 'deepgram' },
        voice: { provider: 'elevenlabs' },
      };
      const { caller, told } = await rig.call(settings, undefined, { text_only: true });
      await waitFor(() => caller.shown[0], { what: 'the welcome', timeoutMs: 50_000 });
      expect(caller.shown).toEqual([welcome]);
      await caller.say('af_heart-hours');
      expect(await caller.write('Where is your workshop?')).toBe(null);
      await waitFor(() => caller.shown[1], { what: 'the answer on the page' });
      expect(caller.shown[1]).toMatch(/mill lane/i);
      expect(await rig.outcome(told)).toMatchObject({ end_reason: 'silence_timeout' });
      const turns = turnsOf(told);
      expect(turns.map(({ role, via, content }) => `${role} ${via}: ${content}`)).toEqual([
        `agent text: ${welcome}`,
        'user text: Where is your workshop?',
        `agent text: ${caller.shown[1]}`,
      ]);
      const lengths = turns.map(
        ({ started_at, ended_at }) => Date.parse(ended_at) - Date.parse(started_at),
      );
      expect(Math.max(...lengths)).toBeLessThan(1_000);
      expect(turns.map(({ providers }) => providers?.voice ?? null)).toEqual([null, null, null]);
      expect([caller.heard, told.chunks]).toEqual([[], []]);
      const used = told.events.flatMap((event) => (event.type === 'usage' ? event.providers : []));
      expect(used.map(({ kind }) => kind)).toEqual(['llm']);
    },
    CALL_TEST_MS,
  );

  it(
    'is reminded once, then given up',
    async () => {
      const { told } = await rig.call({
        conversation_start_type: 'user',
        reminder_message_interval: 1,
        end_call_on_silence_sec: 4,
      });
      expect(await rig.outcome(told, 50_000)).toMatchObject({ end_reason: 'silence_timeout' });
      expect(turnsOf(told).map((turn) => turn.role)).toEqual(['agent']);
    },
    CALL_TEST_MS,
  );

  it(
    'ends at its longest, and what the agent was saying is told',
    async () => {
      const welcome =
        'Hello, this is the bicycle workshop. We repair everything that has two wheels. ' +
        'You may ask for our opening hours, for our prices, or for the state of your repair.';
      const { told } = await rig.call({ max_call_duration_sec: 6, welcome_message: welcome });
      expect(await rig.outcome(told, 50_000)).toMatchObject({ end_reason: 'max_duration_reached' });
      expect(turnsOf(told)).toMatchObject([{ role: 'agent', interrupted: true }]);
      const said = turnsOf(told)[0]?.content ?? 'nothing';
      expect(welcome.startsWith(said)).toBe(true);
      expect(said).not.toBe(welcome);
    },
    CALL_TEST_MS,
  );

  it(
    'goes on with the agent that it is handed to, by its settings, and stays with the first one where that fails',
    async () => {
      const { caller, told } = await rig.welcomed({ functions, end_call_on_silence_sec: 300 });
      // Nobody is published there yet: the call stays with its agent.
      await caller.type('I would like to talk to a mechanic.');
      const failed = await waitFor(() => told.events.find(({ type }) => type === 'transfer'));
      expect(failed).toMatchObject({ status: 'failed', to: { agent_id: mechanic } });
      await waitFor(() => turnsOf(told).length >= 3, { what: 'the first answer' });
      const welcome = 'Here is the mechanic.';
      const knowledge = ['The mechanic works in the yard behind the house.'];
      const prompt = 'You are the mechanic.';
      told.others.set(mechanic, {
        ...told.settings,
        dialogue: null,
        knowledge,
        prompt,
        welcome_message: welcome,
        functions: [],
        reminder_message_frequency: 0,
        end_call_on_silence_sec: 6,
      });
      await caller.type('I want to speak to a mechanic.');
      const turn = (words: RegExp) =>
        waitFor(() => turnsOf(told).find((one) => words.test(one.content)), {
          what: String(words),
        });
      await turn(/Here is the mechanic/);
      await caller.type('Where does the mechanic work?');
      const answer = await turn(/yard/);
      expect(answer).toMatchObject({ role: 'agent', providers: { llm: 'offline' } });
      const of = (type: string) => told.events.filter((event) => event.type === type);
      expect(of('transfer')).toMatchObject([
        { status: 'failed', from: { agent_id: 'agent_1' } },
        {
          status: 'completed',
          from: { agent_id: 'agent_1', agent_version_number: 1 },
          to: { agent_id: mechanic, agent_version_id: 'av_2', agent_version_number: 3 },
        },
      ]);
      expect(of('function')).toMatchObject([
        { name: 'hand_over', ok: false },
        { name: 'hand_over', ok: true },
      ]);
      // The page hears the names, and nothing of why.
      const packets = caller.packets.filter((one) => /function|dialnexa.agent/.test(one));
      expect(packets).toEqual([
        'dialnexa.function {"name":"hand_over","status":"started"}',
        'dialnexa.function {"name":"hand_over","status":"failed"}',
        'dialnexa.function {"name":"hand_over","status":"started"}',
        'dialnexa.function {"name":"hand_over","status":"succeeded"}',
        expect.stringMatching(/^dialnexa.agent \{"agent_id":"agent_mechanic","agent_name":"/),
      ]);
      expect(await rig.outcome(told)).toMatchObject({ end_reason: 'silence_timeout' });
    },
    CALL_TEST_MS,
  );

  it(
    'ends at the longest of the agent that it is handed to, counted from where the call began',
    async () => {
      const { caller, told } = await rig.welcomed({ functions });
      told.others.set(mechanic, { ...told.settings, functions: [], max_call_duration_sec: 1 });
      await caller.type('I want to speak to a mechanic.');
      expect(await rig.outcome(told)).toMatchObject({ end_reason: 'max_duration_reached' });
      expect(told.events).toContainEqual(
        expect.objectContaining({ type: 'transfer', status: 'completed' }),
      );
    },
    CALL_TEST_MS,
  );

  it(
    'takes no function of the page unless the version allows it, and knows what the page tells without an answer',
    async () => {
      const { caller, told } = await rig.welcomed({ knowledge: [] });
      const offer = { name: 'show', description: 'Shows.', timeout_ms: 500 };
      const parameters = { type: 'object', properties: {} };
      expect(await caller.ask('dialnexa.tools', JSON.stringify([{ ...offer, parameters }]))).toBe(
        '{"refused":[{"name":"show","reason":"not_allowed"}]}',
      );
      expect(await caller.ask('dialnexa.context', 'The cart holds 3 bells.')).toBe('');
      await caller.press('4');
      await caller.press('#');
      const turns = await waitFor(() => (turnsOf(told).length >= 3 ? turnsOf(told) : null), {
        what: 'an answer to the keys',
      });
      expect(turns[1]).toMatchObject({ role: 'user', via: 'text', content: 'pressed 4 #' });
      await caller.leave();
      await rig.outcome(told);
      expect(turnsOf(told).map((turn) => turn.role)).toEqual(['agent', 'user', 'agent']);
      const notes = told.events.flatMap((event) => (event.type === 'note' ? [event] : []));
      expect(notes.map(({ name, detail }) => [name, detail])).toEqual([
        ['tools_offered', { taken: [], refused: [{ name: 'show', reason: 'not_allowed' }] }],
        ['context_told', { text: 'The cart holds 3 bells.' }],
        ['keys_pressed', { keys: '4#' }],
      ]);
    },
    CALL_TEST_MS,
  );
});

it(
  'has what another call was said from the disk, where the worker has a folder',
  async () => {
    await rig.worker.stop();
    const dataDir = mkdtempSync(join(tmpdir(), 'worker-data-'));
    try {
      rig.worker = await rig.newWorker({ DATA_DIR: dataDir });
      const use = async () => {
        const { caller, told } = await rig.welcomed({
          welcome_message: 'Good day. I am the mechanic.',
          // A busy machine cannot make it late.
          voice: { provider: 'offline', voice_id: 'slt' },
        });
        await caller.leave();
        return (await rig.outcome(told)).audio_cache;
      };
      expect(await use()).toMatchObject({ enabled: true, hits: 0, misses: 2, new_entries: 2 });
      const folder = join(dataDir, 'sentences');
      const [damaged = ''] = readdirSync(folder);
      writeFileSync(join(folder, damaged), 'of another program');
      expect(await use()).toMatchObject({ enabled: true, hits: 1, misses: 1, new_entries: 1 });
      expect(await use()).toMatchObject({ enabled: true, hits: 2, misses: 0 });
    } finally {
      rmSync(dataDir, { recursive: true, force: true });
    }
  },
  2 * CALL_TEST_MS,
);
