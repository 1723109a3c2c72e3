/** `npm start -- --agent FILE`: the real server publishes what a Markdown file says, at start and whenever it is saved. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { AgentVersion } from '../../sdk/wire/agent.js';
import type { Page } from '../../sdk/wire/call.js';
import { buildCode } from '../../scripts/build.mjs';
import { freePort } from '../support/free-port.mjs';
import { copyPgliteTemplate } from '../support/pglite-template.mjs';
import { waitFor } from '../support/wait-for.js';
import { startCommand, type StartCommand } from './start-command.js';

const server = new URL('../../dist/server/main.js', import.meta.url).href;
const GOOD = '# Salon\n\nBe brief.\n\n## Facts\n\n- A haircut costs thirty euros.\n';

let command: StartCommand | null = null;
beforeAll(async () => {
  await buildCode();
});
afterEach(async () => {
  command?.child.kill('SIGTERM');
  await command?.ended;
});

function fileOf(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'agent-file-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'salon.md');
  writeFileSync(file, text);
  return file;
}

/** A running product whose agent is the file's, seen as a visitor and as its owner see it. */
async function follow(file: string, args = ['--agent', file], env: Record<string, string> = {}) {
  const port = String(await freePort());
  const open = (dataDir: string): void => {
    mkdirSync(dataDir, { recursive: true });
    copyPgliteTemplate(dataDir);
  };
  const known = env.DATA_DIR ? () => undefined : open;
  const mains = { main: `await import(${JSON.stringify(server)});` };
  const running = await startCommand(mains, { PORT: port, ...env }, known, args);
  command = running;
  const says = (text: string | RegExp) =>
    waitFor(() => running.output().match(text), { what: String(text), timeoutMs: 40_000 });
  await says('Ready after');
  const url = `http://127.0.0.1:${port}`;
  const page = async () => (await fetch(`${url}/`)).text();
  const versions = async (secret: string) => {
    const agent = /agent-id="(\w+)"/.exec(await page())?.[1] ?? '';
    const headers = { authorization: `Bearer ${secret}` };
    const answer = await fetch(`${url}/v1/agents/${agent}/versions`, { headers });
    const { data } = (await answer.json()) as Page<AgentVersion>;
    return data.filter((one) => one.is_published);
  };
  return { running, says, page, versions, secret: /dnx_sk_\w+/.exec(running.output())?.[0] ?? '' };
}

describe('npm start -- --agent FILE', () => {
  it('publishes the file, again when it is saved, and keeps what runs when it is broken', async () => {
    const file = fileOf(GOOD);
    const { running, says, page, versions, secret } = await follow(file);
    expect(await page()).toContain('Talk to Salon');
    expect(await page()).not.toContain('workshop');
    const [, id = 'none'] =
      (await says(/version 1 of "Salon" is published\. Its id is (\w+)\./)) ?? [];
    expect(await page()).toContain(`agent-id="${id}"`);
    expect((await versions(secret)).map(({ settings }) => settings)).toMatchObject([
      { prompt: 'Be brief.', knowledge: ['A haircut costs thirty euros.'] },
    ]);

    writeFileSync(file, GOOD.replace('thirty', 'forty'));
    await says('salon.md: version 2 of "Salon" is published.');
    expect((await versions(secret))[0]?.settings.knowledge).toEqual([
      'A haircut costs forty euros.',
    ]);

    writeFileSync(file, `${GOOD}\nWe are closed on Sundays.\n`);
    await says('salon.md, line 9: a fact begins with "- ". The running version stays.');
    rmSync(file);
    await says(/salon\.md cannot be read: there is no such file\. The running version stays\./);
    expect(await versions(secret)).toHaveLength(2);

    // What is published already is not published again, now or after a restart.
    writeFileSync(file, GOOD.replace('thirty', 'forty').replace('# Salon', '# The salon'));
    await waitFor(async () => (await page()).includes('Talk to The salon'), { what: 'the name' });
    running.child.kill('SIGTERM');
    await running.ended;
    const again = await follow(file, [], { AGENT_FILE: file, DATA_DIR: running.dataDir });
    expect(await again.page()).toContain('Talk to The salon');
    expect(await again.versions(secret)).toHaveLength(2);
  });

  it('ends a start with one sentence before anything is made', async () => {
    const file = fileOf('Salon\n');
    const mains = { main: `await import(${JSON.stringify(server)});` };
    // As npm tells where the user is.
    const where = { INIT_CWD: dirname(file) };
    command = await startCommand(mains, where, undefined, ['--agent=./salon.md']);
    expect(await command.ended).toBe(1);
    expect(command.output()).toContain('salon.md, line 1: the file begins with the name');
    expect(command.output()).not.toContain('dnx_sk_');
  });

  it('knows no other option', async () => {
    command = await startCommand({}, {}, undefined, ['--agents', 'a.md']);
    expect(await command.ended).toBe(1);
    expect(command.output()).toBe(
      'npm start takes "-- --agent FILE.md" and nothing else, not "--agents a.md".\n',
    );
  });
});
