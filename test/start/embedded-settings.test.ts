/** What `npm start` is told about the built-in media server reaches it: the real one, under the start command. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Room } from '@livekit/rtc-node';
import { AccessToken } from 'livekit-server-sdk';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { buildCode } from '../../scripts/build.mjs';
import { freePort, freePorts } from '../support/free-port.mjs';
import { waitFor } from '../support/wait-for.js';
import { goodProcess, startCommand, type StartCommand } from './start-command.js';

const embedded = new URL('../../dist/server/embedded/main.js', import.meta.url).href;
const real = { 'embedded/main': `import ${JSON.stringify(embedded)};` };
let command: StartCommand | null = null;

beforeAll(async () => {
  await buildCode();
});
afterEach(async () => {
  command?.child.kill('SIGTERM');
  await command?.ended;
  command = null;
});

/** Local addresses of this machine's UDP sockets with such ports, in the kernel's hexadecimal words. */
function udpSockets(first: number, last: number): string[] {
  const tables = ['udp', 'udp6'].map((name) => readFileSync(`/proc/net/${name}`, 'utf8'));
  return tables.flatMap((table) =>
    table.split('\n').flatMap((line) => {
      const [, address = '', port = ''] = /^\s*\d+: (\w+):(\w+)/.exec(line) ?? [];
      return parseInt(port, 16) >= first && parseInt(port, 16) <= last ? [address] : [];
    }),
  );
}

describe.skipIf(process.platform !== 'linux')('npm start', () => {
  it('gives the media server its public address and its UDP ports', async () => {
    const port = await freePort();
    const first = await freePorts(20);
    const last = first + 19;
    command = await startCommand(real, {
      EMBEDDED_PORT: String(port),
      EMBEDDED_PUBLIC_IP: '127.0.0.2',
      EMBEDDED_UDP_PORTS: `${first}-${last}`,
    });
    const { dataDir, output } = command;
    await waitFor(() => output().includes('Ready after'), { what: 'the ready line' });
    const { apiKey, apiSecret } = JSON.parse(
      readFileSync(join(dataDir, 'livekit.json'), 'utf8'),
    ) as { apiKey: string; apiSecret: string };
    const token = new AccessToken(apiKey, apiSecret, { identity: 'caller' });
    token.addGrant({ roomJoin: true, room: 'ports' });
    const room = new Room();
    await room.connect(`ws://127.0.0.1:${port}`, await token.toJwt(), {
      autoSubscribe: true,
      dynacast: false,
    });
    const own = udpSockets(first, last);
    await room.disconnect();
    expect(own).toHaveLength(1);
    // A public address is not this machine's own: media then listens on every address.
    expect(own[0]).toMatch(/^0+$/);
  });

  it('says in one sentence that they are none', async () => {
    command = await startCommand(real, { EMBEDDED_PUBLIC_IP: 'calls.example.com' });
    expect(await command.ended).toBe(1);
    expect(command.output()).toContain(
      'EMBEDDED_PUBLIC_IP must be an IP address, not "calls.example.com".',
    );
  });

  it('tells its processes where the others listen, also on another address', async () => {
    const telling = `console.log(process.env.LIVEKIT_URL, process.env.DIALNEXA_SERVER_URL,
      process.env.EMBEDDED_WEBHOOK_URL);${goodProcess}`;
    const [port, media] = [await freePort(), await freePort()];
    const hosts = { HOST: '127.0.0.3', EMBEDDED_HOST: '127.0.0.2' };
    const ports = { PORT: String(port), EMBEDDED_PORT: String(media) };
    command = await startCommand({ main: telling }, { ...hosts, ...ports });
    const { output, dataDir } = command;
    await waitFor(() => output().includes('Ready after'), { what: 'the ready line' });
    const server = `http://127.0.0.3:${port}`;
    expect(readFileSync(join(dataDir, 'logs/server.log'), 'utf8')).toContain(
      `ws://127.0.0.2:${media} ${server} ${server}/livekit/webhook`,
    );
  });
});
