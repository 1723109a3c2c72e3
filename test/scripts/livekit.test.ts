/** What a developer sees of `npm run livekit`, with stand-ins for the server, its release and Go. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { freePort } from '../support/free-port.mjs';
import { canListProcesses } from '../support/processes.js';
import { waitFor } from '../support/wait-for.js';
import {
  archiveOf,
  fileServer,
  machine,
  standInGo,
  standInServer,
  type LivekitCommand,
} from './livekit-command.js';

const hasArchive = process.platform === 'linux';
if (!hasArchive) {
  console.log(`livekit-server's release: left out, because ${process.platform} is served none.`);
}

const running: LivekitCommand[] = [];

function started(command: LivekitCommand): LivekitCommand {
  running.push(command);
  return command;
}

async function ready(command: LivekitCommand): Promise<void> {
  await waitFor(() => command.output().includes('Ctrl-C ends it'), { what: 'the ready line' });
  expect(await (await fetch(`http://127.0.0.1:${command.port}/`)).text()).toBe('OK');
}

afterEach(async () => {
  for (const command of running.splice(0)) {
    command.child.kill('SIGTERM');
    await command.ended;
  }
});

describe('npm run livekit', () => {
  it('starts the named server, tells the three variables, and ends it with Ctrl-C', async () => {
    const here = await machine();
    const program = here.install('my-server', standInServer);
    const command = started(here.run({ LIVEKIT_SERVER_BIN: program }));
    await ready(command);
    const said = command.output();
    expect(said).toContain(
      `livekit-server version 0.0.1 listens on ws://127.0.0.1:${command.port}`,
    );
    expect(said).toContain(`LIVEKIT_URL=ws://127.0.0.1:${command.port} `);
    expect(said).toMatch(/LIVEKIT_API_KEY=LK\w+ /);
    expect(said).toMatch(/LIVEKIT_API_SECRET=[\w-]{40,} npm start/);
    command.child.kill('SIGINT');
    expect(await command.ended).toBe(0);
    await expect(fetch(`http://127.0.0.1:${command.port}/`)).rejects.toThrow();
  });

  it('prefers the named server to the installed one, and that to the cached copy', async () => {
    const here = await machine();
    const saying = (name: string) => standInServer.replace('version 0.0.1', name);
    const places = {
      cached: here.install('cache/1.13.5/livekit-server', saying('cached')),
      installed: here.install('bin/livekit-server', saying('installed')),
      named: here.install('elsewhere/my-server', saying('named')),
    };
    const first = async (env = {}): Promise<string> => {
      const command = started(here.run(env));
      await ready(command);
      command.child.kill('SIGTERM');
      await command.ended;
      return /livekit-server (\w+) listens/.exec(command.output())?.[1] ?? '';
    };
    expect(await first({ LIVEKIT_SERVER_BIN: places.named })).toBe('named');
    expect(await first()).toBe('installed');
    rmSync(places.installed);
    expect(await first()).toBe('cached');
  });

  it('keeps its key pair from one start to the next, and takes a given one', async () => {
    const here = await machine();
    here.install('bin/livekit-server', standInServer);
    const secrets: (string | undefined)[] = [];
    const given: Record<string, string> = {
      LIVEKIT_API_KEY: 'k',
      LIVEKIT_API_SECRET: 's'.repeat(32),
    };
    for (const env of [undefined, undefined, given]) {
      const command = here.run(env);
      await ready(started(command));
      secrets.push(/LIVEKIT_API_SECRET=(\S+)/.exec(command.output())?.[1]);
      command.child.kill('SIGTERM');
      await command.ended;
    }
    expect(secrets[0]).toBe(secrets[1]);
    expect(secrets[2]).toBe('s'.repeat(32));
  });

  it.skipIf(!hasArchive)(
    'downloads the release, checks it, and uses the cached copy the next time',
    async () => {
      const here = await machine();
      const archive = archiveOf({ LICENSE: 'Apache', 'livekit-server': standInServer });
      const files = await fileServer(archive);
      onTestFinished(() => void files.close());
      const env = {
        LIVEKIT_DOWNLOAD_BASE: files.base,
        LIVEKIT_DOWNLOAD_SHA256: createHash('sha256').update(archive).digest('hex'),
      };
      for (let round = 0; round < 2; round += 1) {
        const command = started(here.run(env));
        await ready(command);
        command.child.kill('SIGTERM');
        expect(await command.ended).toBe(0);
      }
      expect(files.asked).toHaveLength(1);
      expect(files.asked[0]).toMatch(/^\/v1\/livekit_1\.13\.5_linux_(amd64|arm64)\.tar\.gz$/);
    },
  );

  it.skipIf(!hasArchive)(
    'refuses an archive with another SHA-256 and says in one sentence what is left to do',
    async () => {
      const here = await machine();
      const files = await fileServer(archiveOf({ 'livekit-server': standInServer }));
      onTestFinished(() => void files.close());
      const command = here.run({ LIVEKIT_DOWNLOAD_BASE: files.base });
      expect(await command.ended).toBe(1);
      const last = command.output().trim().split('\n').at(-1) ?? '';
      expect(last).toMatch(
        /^No livekit-server could be had: .*has the SHA-256 \w{64}, not \w{64}; Go/,
      );
      expect(last).toContain('set LIVEKIT_SERVER_BIN');
      expect(command.output()).not.toContain('    at ');
      expect(existsSync(join(here.folder, 'cache/1.13.5/livekit-server'))).toBe(false);
    },
  );

  it('builds with Go what it cannot download, once for two runs at a time', async () => {
    const here = await machine();
    here.install('bin/go', standInGo);
    const notes = join(here.folder, 'notes');
    const env = {
      LIVEKIT_DOWNLOAD_BASE: `http://127.0.0.1:${await freePort()}`,
      GO_NOTES: notes,
      GO_PRODUCT: here.install('product', standInServer),
    };
    const second = { LIVEKIT_PORT: String(await freePort()) };
    const udp = { LIVEKIT_UDP_PORT: String(await freePort()) };
    const commands = [started(here.run(env)), started(here.run({ ...env, ...second, ...udp }))];
    await Promise.all(commands.map(ready));
    expect(readFileSync(notes, 'utf8')).toBe(
      'install -v github.com/livekit/livekit-server/cmd/server@v1.13.5\n',
    );
    expect(commands.map((command) => command.output()).join('')).toContain('ECONNREFUSED');
  });

  it('takes over the lock of a run that died', async () => {
    const here = await machine();
    const { pid } = spawnSync(process.execPath, ['-e', '']);
    here.install('cache/1.13.5/lock', String(pid));
    here.install('bin/go', standInGo);
    const product = here.install('product', standInServer);
    const env = { GO_NOTES: join(here.folder, 'notes'), GO_PRODUCT: product };
    await ready(started(here.run(env)));
    expect(existsSync(join(here.folder, 'cache/1.13.5/lock'))).toBe(false);
  });

  it.skipIf(!canListProcesses)(
    'takes over the lock of a run that died, although its number is another process’s now',
    async () => {
      const here = await machine();
      here.install('cache/1.13.5/lock', `${process.pid} 1`);
      here.install('bin/go', standInGo);
      const product = here.install('product', standInServer);
      await ready(started(here.run({ GO_NOTES: join(here.folder, 'notes'), GO_PRODUCT: product })));
    },
  );

  it.skipIf(!canListProcesses)('leaves no server behind when it is killed outright', async () => {
    const here = await machine();
    const program = here.install('my-server', standInServer);
    const command = here.run({ LIVEKIT_SERVER_BIN: program });
    await ready(command);
    command.child.kill('SIGKILL');
    await waitFor(
      () =>
        fetch(`http://127.0.0.1:${command.port}/`).then(
          () => false,
          () => true,
        ),
      { what: 'the end of the server' },
    );
  });

  it('says with the last words of Go why it could not be built', async () => {
    const here = await machine();
    here.install(
      'bin/go',
      `#!${process.execPath}\nconsole.error('no such module'); process.exit(1);`,
    );
    const command = here.run();
    expect(await command.ended).toBe(1);
    expect(command.output()).toContain('go install failed (no such module)');
  });

  it('names every fault in its settings, a program that is none, and a port that is taken', async () => {
    const here = await machine();
    const faulty = here.run({
      LIVEKIT_PORT: 'x',
      LIVEKIT_UDP_PORT: '0',
      LIVEKIT_API_KEY: 'only',
      LIVEKIT_WEBHOOK_URL: 'nowhere',
    });
    expect(await faulty.ended).toBe(1);
    expect(faulty.output().trim().split('\n')).toHaveLength(4);

    const none = here.run({ LIVEKIT_SERVER_BIN: join(here.folder, 'none') });
    expect(await none.ended).toBe(1);
    expect(none.output()).toMatch(/^LIVEKIT_SERVER_BIN names .*, which is not a program\.\n$/);

    const other = createServer();
    await new Promise<void>((resolve) => {
      other.listen(Number(here.env['LIVEKIT_PORT']), '127.0.0.1', resolve);
    });
    onTestFinished(() => void other.close());
    here.install('bin/livekit-server', standInServer);
    const late = here.run();
    expect(await late.ended).toBe(1);
    expect(late.output()).toMatch(/^Port \d+ is taken: .*LIVEKIT_PORT to a free port\.\n$/);
  });

  it('says that the server ended at once', async () => {
    const here = await machine();
    here.install('bin/livekit-server', `#!${process.execPath}\nprocess.exit(3);`);
    const command = here.run();
    expect(await command.ended).toBe(1);
    expect(command.output()).toContain('ended at once (exit code 3)');
  });
});
