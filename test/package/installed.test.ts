/** The packed package in empty folders, with nothing but what it declares: it installs strictly, and each entry runs. */
import { createServer, type Server } from 'node:http';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { satisfies } from 'semver';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { mediaServers } from '../conformance/support/media-servers.js';
import { launchBrowser } from '../e2e/browser.js';
import { freePort } from '../support/free-port.mjs';
import { listenOnLoopback } from '../support/listen-on-loopback.js';
import { openConsumer, programOf, type Consumer } from './consumer.js';

const tarball = inject('tarball');
/** The oldest Node that the package allows, and the lines after it. */
const NODES = ['20.19.0', '22.12.0', '24.0.0'];
const quietly = ['--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error'];

interface Manifest {
  name: string;
  peerDependencies: Record<string, string>;
  devDependencies: Record<string, string>;
}
const manifest = JSON.parse(
  readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
) as Manifest;

describe('a frontend that installs the package', () => {
  let consumer: Consumer;
  beforeAll(async () => {
    consumer = openConsumer();
    await consumer.run('npm', ['install', '--engine-strict', ...quietly, tarball]);
  });
  afterAll(() => consumer.remove());

  it('gets nothing that asks for another Node than the package itself', () => {
    const installed = consumer.installed();
    expect(installed.map(({ name }) => name)).toContain(manifest.name);
    const refusals = installed.flatMap(({ name, engines }) =>
      NODES.filter((node) => engines?.node && !satisfies(node, engines.node)).map(
        (node) => `${name} refuses Node ${node}`,
      ),
    );
    expect(refusals).toEqual([]);
  });

  it('gets Lit and nothing else besides: a backend that wants its client only has little to carry', () => {
    const others = consumer
      .installed()
      .map(({ name }) => name)
      .filter((name) => name !== manifest.name && !/^(lit|@lit|@types\/trusted-types)/.test(name));
    expect(others).toEqual([]);
  });

  it.each([
    ['yarn', ['yarn/bin/yarn.js', 'add', '--silent', '--no-progress', `file:${tarball}`]],
    ['pnpm', ['pnpm/bin/pnpm.cjs', 'add', '--silent', '--config.engine-strict=true', tarball]],
  ])('can be installed by %s as strictly', async (_name, [program = '', ...args]) => {
    const other = openConsumer();
    await other.run(process.execPath, [programOf(program), ...args]);
    const script = `console.log(Object.keys(await import('${manifest.name}/backend')).join())`;
    const out = await other.run(process.execPath, ['--input-type=module', '-e', script]);
    expect(out).toContain('BackendClient');
    other.remove();
  });

  it('has types that a strict compiler takes, those of its dependencies included, and that ask for no framework', async () => {
    consumer.write(
      'types.ts',
      `import { DialNexaWebCall, CallError } from '${manifest.name}';
import '${manifest.name}/widget/define';
import { DialNexaCallElement } from '${manifest.name}/widget';
import { BackendClient } from '${manifest.name}/backend';
export const call: DialNexaWebCall = new DialNexaWebCall({ apiKey: 'dnx_pk_x', agentId: 'agent_x' });
export const element: DialNexaCallElement = document.createElement('dialnexa-call');
element.addEventListener('dialnexa-ended', ({ detail }) => console.log(detail.endReason.length));
export type All = [CallError, BackendClient];
`,
    );
    const compilerOptions = {
      strict: true,
      noEmit: true,
      target: 'es2022',
      lib: ['es2022', 'dom', 'dom.iterable'],
      module: 'nodenext',
      types: [],
    };
    consumer.write('tsconfig.json', JSON.stringify({ compilerOptions, files: ['types.ts'] }));
    await consumer.run(process.execPath, [programOf('typescript/bin/tsc')]);
  });

  it('runs the SDK and the element in a browser, the media code included', async () => {
    consumer.write(
      'page.js',
      `import { DialNexaWebCall } from '${manifest.name}';
import '${manifest.name}/widget/define';
const call = new DialNexaWebCall({ apiKey: 'dnx_pk_x', agentId: 'agent_x', serverUrl: location.origin });
await call.warmUp();
const element = document.createElement('dialnexa-call');
element.apiKey = 'dnx_pk_x';
element.agentId = 'agent_x';
element.serverUrl = location.origin;
document.body.append(element);
await element.updateComplete;
document.title = [call.state.status, Boolean(element.shadowRoot.querySelector('button'))].join(' ');
`,
    );
    await build({
      absWorkingDir: consumer.folder,
      entryPoints: ['page.js'],
      bundle: true,
      splitting: true,
      format: 'esm',
      target: 'es2022',
      outdir: 'built',
      logLevel: 'silent',
    });
    const site = await serve(join(consumer.folder, 'built'));
    const browser = await launchBrowser('injected');
    try {
      const page = await browser.newPage();
      const faults: string[] = [];
      page.on('pageerror', (error) => faults.push(error.message));
      const scripts: string[] = [];
      page.on('response', (response) => scripts.push(response.url()));
      await page.goto(site.url);
      await page.waitForFunction(() => document.title !== '');
      expect([await page.title(), ...faults]).toEqual(['idle true']);
      expect(scripts.filter((url) => url.includes('livekit'))).not.toEqual([]);
    } finally {
      await browser.close();
      site.server.close();
    }
  });
});

describe('a server that is made of the package and its peers', () => {
  let consumer: Consumer;
  beforeAll(async () => {
    consumer = openConsumer();
    const peers = Object.entries(manifest.peerDependencies).map(
      ([name, range]) => `${name}@${range}`,
    );
    await consumer.run('npm', ['install', '--engine-strict', ...quietly, tarball, ...peers]);
  });
  afterAll(() => consumer.remove());

  it('starts, serves its pages, and its backend creates, reads and ends a call', async () => {
    const [embedded] = mediaServers;
    const media = await embedded?.start();
    if (!media) throw new Error('no media server');
    consumer.write('server.mjs', SERVER);
    const port = await freePort();
    const env = {
      PORT: String(port),
      DATA_DIR: join(consumer.folder, 'data'),
      LIVEKIT_URL: media.wsUrl,
      LIVEKIT_API_KEY: media.apiKey,
      LIVEKIT_API_SECRET: media.apiSecret,
    };
    try {
      const out = await consumer.run(process.execPath, ['server.mjs'], env);
      expect(JSON.parse(out.trim().split('\n').at(-1) ?? '')).toEqual({
        created: 'created',
        ended: 'terminated_by_api',
        read: 'cancelled',
        listed: 1,
        pages: { '/': 200, '/widget.js': 200, '/docs': 200, '/console/': 200, '/readyz': 200 },
      });
    } finally {
      await media.stop();
    }
  });
});

const SERVER = `
import { createServer, createLogger, listen, readServerConfig } from '@dialnexa/web-call/server';
import { BackendClient } from '@dialnexa/web-call/backend';

const { ok, config, faults } = readServerConfig(process.env);
if (!ok) throw new Error(faults.join());
const server = await createServer(config, createLogger('silent'), { databaseMayWait: false });
const fetchFrom = (request, env) => server.app.fetch(request, env);
const listening = await listen({ host: config.host, port: config.port, fetch: fetchFrom });
const { secret_key: secretKey, agent_id } = await server.begin();
const serverUrl = \`http://127.0.0.1:\${config.port}\`;
const backend = new BackendClient({ serverUrl, secretKey });
const call = await backend.calls.create({ agent_id });
const ended = await backend.calls.terminate(call.call_id);
const read = await backend.calls.get(call.call_id);
const listed = await backend.calls.list();
const pages = {};
for (const path of ['/', '/widget.js', '/docs', '/console/', '/readyz']) {
  pages[path] = (await fetch(serverUrl + path)).status;
}
console.log(JSON.stringify({
  created: call.status,
  ended: ended.end_reason,
  read: read.status,
  listed: listed.data.length,
  pages,
}));
await listening.close(1000);
await server.close();
process.exit(0);
`;

async function serve(folder: string): Promise<{ url: string; server: Server }> {
  const server = createServer((request, response) => {
    const name = new URL(request.url ?? '/', 'http://local').pathname.slice(1);
    const isScript = name.endsWith('.js');
    response.writeHead(200, { 'content-type': isScript ? 'text/javascript' : 'text/html' });
    const page = '<!doctype html><script type="module" src="/page.js"></script>';
    response.end(isScript ? readFileSync(join(folder, name)) : page);
  });
  return { url: `${await listenOnLoopback(server)}/`, server };
}
