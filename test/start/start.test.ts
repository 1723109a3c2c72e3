/** What a newcomer sees of `npm start`, with stand-ins for the three processes. */
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { tmpdir } from 'node:os';
import { afterEach, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { buildCode } from '../../scripts/build.mjs';
import { freePort } from '../support/free-port.mjs';
import { canListProcesses, processesWith } from '../support/processes.js';
import { waitFor } from '../support/wait-for.js';
import { goodProcess, startCommand, type StartCommand } from './start-command.js';

const stubborn = `
  process.on('SIGTERM', () => undefined);
  process.once('disconnect', () => process.exit(0));
  setInterval(() => undefined, 1000);
  process.send({ type: 'ready' });
`;

const mother = `
  import { spawn } from 'node:child_process';
  spawn(process.execPath, ['-e', 'setInterval(() => undefined, 1000)'], { stdio: 'ignore' });
  process.once('SIGTERM', () => process.exit(0));
  process.once('disconnect', () => process.kill(-process.pid, 'SIGKILL'));
  process.send({ type: 'ready' });
`;

const commands: StartCommand[] = [];

async function start(...args: Parameters<typeof startCommand>): Promise<StartCommand> {
  const command = await startCommand(...args);
  commands.push(command);
  return command;
}

async function ready(command: StartCommand): Promise<void> {
  await waitFor(() => command.output().includes('Ready after'), { what: 'the ready line' });
}

/** A killed process is listed until the kernel has cleared it away. */
async function noneLeft(command: StartCommand): Promise<void> {
  const what = 'the end of every process';
  await waitFor(() => processesWith(command.dataDir).length === 0, { what, withinMs: 3000 });
}

function everyLine(command: StartCommand): string[] {
  return command.output().trim().split('\n').filter(Boolean);
}

beforeAll(async () => {
  await buildCode();
});

afterEach(async () => {
  for (const command of commands.splice(0)) {
    command.child.kill('SIGTERM');
    await command.ended;
  }
});

describe('npm start', () => {
  it('prints the keys of the first run, the page and the console', async () => {
    const firstRun = { publishable_key: 'dnx_pk_1', secret_key: 'dnx_sk_1', agent_id: 'agent_1' };
    const command = await start(
      {},
      { STAND_IN_READY: JSON.stringify({ first_run: firstRun, page: 'http://page.test/' }) },
    );
    await ready(command);
    for (const text of ['dnx_pk_1', 'dnx_sk_1', 'http://page.test/', '/console']) {
      expect(command.output()).toContain(text);
    }
  });

  it('gives server and worker the same agent name', async () => {
    const telling = `console.log(process.env.AGENT_NAME);${goodProcess}`;
    const command = await start(
      { main: telling, 'agent/main': telling },
      { AGENT_NAME: 'front-desk' },
    );
    await ready(command);
    for (const name of ['server', 'agent']) {
      expect(readFileSync(join(command.dataDir, 'logs', `${name}.log`), 'utf8')).toContain(
        'front-desk',
      );
    }
  });

  it.skipIf(!canListProcesses)('leaves the answering to a worker of the user', async () => {
    const command = await start({}, { AGENT_WORKER: 'none', AGENT_NAME: 'front-desk' });
    await ready(command);
    expect(processesWith(command.dataDir).some((one) => one.command.includes('agent/main'))).toBe(
      false,
    );
    expect(command.output()).toMatch(/Starting the server and the media server …/);
    expect(command.output()).toContain('a LiveKit worker named "front-desk" answers');
    expect(command.output()).toContain('LIVEKIT_URL  ws://127.0.0.1:');
    expect(command.output()).not.toContain(
      (
        JSON.parse(readFileSync(join(command.dataDir, 'livekit.json'), 'utf8')) as {
          apiSecret: string;
        }
      ).apiSecret,
    );
  });

  it('keeps the key pair of the media server for its owner only, and keeps it', async () => {
    const command = await start();
    await ready(command);
    const file = join(command.dataDir, 'livekit.json');
    const pair = readFileSync(file, 'utf8');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(command.output()).not.toContain((JSON.parse(pair) as { apiSecret: string }).apiSecret);
    command.child.kill('SIGINT');
    await command.ended;
    const again = await start({}, { DATA_DIR: command.dataDir });
    await ready(again);
    expect(readFileSync(file, 'utf8')).toBe(pair);
  });

  it.skipIf(!canListProcesses).each(['SIGINT', 'SIGTERM'] as const)(
    'ends everything within 3 s on %s',
    async (signal) => {
      const command = await start({ main: stubborn, 'agent/main': mother });
      await ready(command);
      expect(processesWith(command.dataDir).length).toBe(5);
      const began = Date.now();
      command.child.kill(signal);
      expect(await command.ended).toBe(0);
      expect(Date.now() - began).toBeLessThan(3000);
      await noneLeft(command);
    },
  );

  it.skipIf(!canListProcesses)('leaves nothing behind when it is killed itself', async () => {
    const command = await start({ 'agent/main': mother });
    await ready(command);
    command.child.kill('SIGKILL');
    await noneLeft(command);
  });

  it.skipIf(!canListProcesses)(
    'brings a dead process back, and what it had started is gone',
    async () => {
      const command = await start({ 'agent/main': mother });
      await ready(command);
      const agent = processesWith(command.dataDir).find((one) =>
        one.command.includes('agent/main'),
      );
      const children = processesWith(command.dataDir).filter((one) =>
        one.command.includes('-e set'),
      );
      process.kill(agent?.pid ?? 0, 'SIGKILL');
      await waitFor(() => command.output().includes('agent is back.'), { what: 'the agent' });
      const pids = processesWith(command.dataDir).map((one) => one.pid);
      expect(pids).not.toContain(agent?.pid);
      expect(pids).not.toContain(children[0]?.pid);
      expect(pids.length).toBe(5);
    },
  );
});

describe('npm start says in one sentence', () => {
  it('that a port is taken', async () => {
    const port = await freePort();
    const other = createServer().listen(port, '127.0.0.1');
    const command = await start({}, { PORT: String(port) });
    expect(await command.ended).toBe(1);
    other.close();
    expect(everyLine(command)).toEqual([
      `Port ${port} on 127.0.0.1 is already in use: stop what uses it, or set PORT to a free port.`,
    ]);
  });

  it('that the data folder cannot be written', async () => {
    const file = join(tmpdir(), `not-a-folder-${process.pid}`);
    writeFileSync(file, '');
    const command = await start({}, { DATA_DIR: join(file, 'data') });
    expect(await command.ended).toBe(1);
    expect(everyLine(command)).toHaveLength(1);
    expect(command.output()).toContain('cannot be written');
  });

  it('that somebody else works on the same data', async () => {
    const first = await start();
    await ready(first);
    const second = await start({}, { DATA_DIR: first.dataDir });
    expect(await second.ended).toBe(1);
    expect(everyLine(second)).toHaveLength(1);
    expect(second.output()).toContain('is in use by process');
  });

  it('that LiveKit is half set', async () => {
    const command = await start({}, { LIVEKIT_URL: 'wss://livekit.test' });
    expect(await command.ended).toBe(1);
    expect(everyLine(command)).toHaveLength(1);
    expect(command.output()).toContain('give LIVEKIT_API_KEY and LIVEKIT_API_SECRET too');
  });

  it.each([
    ['PUBLIC_URL', 'https://calls.example.com'],
    ['LIVEKIT_PUBLIC_URL', 'wss://a.example'],
  ])('that browsers would be told loopback for their sound: %s=%s', async (name, url) => {
    const command = await start({}, { [name]: url });
    expect(await command.ended).toBe(1);
    expect(everyLine(command)).toEqual([
      expect.stringMatching(/^EMBEDDED_PUBLIC_IP is missing: browsers that come to \w+:\/\//),
    ]);
  });

  it('that nobody knows such a worker', async () => {
    const command = await start({}, { AGENT_WORKER: 'python' });
    expect(await command.ended).toBe(1);
    expect(everyLine(command)).toHaveLength(1);
    expect(command.output()).toContain('AGENT_WORKER must be "own" or "none"');
  });

  it('that an address is not of this machine, and does not call its port taken', async () => {
    const command = await start({}, { HOST: '198.51.100.1', EMBEDDED_HOST: '198.51.100.2' });
    expect(await command.ended).toBe(1);
    expect(everyLine(command)).toEqual([
      expect.stringMatching(
        /^HOST 198\.51\.100\.1 cannot be listened on \(EADDRNOTAVAIL\): set it/,
      ),
      expect.stringMatching(
        /^EMBEDDED_HOST 198\.51\.100\.2 cannot be listened on \(EADDRNOTAVAIL\)/,
      ),
    ]);
  });

  it('each of the things that are wrong, all at once', async () => {
    const port = await freePort();
    const other = createServer().listen(port, '127.0.0.1');
    onTestFinished(() => void other.close());
    const file = join(tmpdir(), `no-folder-${process.pid}`);
    writeFileSync(file, '');
    const wrong = { LIVEKIT_API_KEY: 'only', AGENT_WORKER: 'python', DATA_DIR: join(file, 'data') };
    const command = await start({}, { ...wrong, PORT: String(port) });
    expect(await command.ended).toBe(1);
    expect(everyLine(command)).toEqual([
      expect.stringMatching(/^LiveKit is half set/),
      expect.stringMatching(/^AGENT_WORKER must be/),
      expect.stringMatching(/^The data folder .* cannot be written/),
      expect.stringMatching(/^Port \d+ on 127\.0\.0\.1 is already in use/),
    ]);
  });

  it('what a process says that only the user can mend', async () => {
    const fault = `process.send({ type: 'fault', message: 'Set S3_BUCKET.' }, () => process.exit(1));`;
    const command = await start({ main: fault });
    expect(await command.ended).toBe(1);
    expect(everyLine(command).slice(1)).toEqual(['Set S3_BUCKET.']);
    if (canListProcesses) await noneLeft(command);
  });
});
