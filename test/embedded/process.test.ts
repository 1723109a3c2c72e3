/** The media server as a process: start, faults in its settings, stop. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { openPorts } from '../conformance/support/open-ports.js';
import { waitFor } from '../support/wait-for.js';
import { exitOf, spawnEmbedded, startEmbedded } from './support/embedded-process.js';
import { NodePeer } from '../conformance/support/node-peer.js';
import { freePorts } from '../support/free-port.mjs';

test('SIGTERM says goodbye to everyone and ends the process within two seconds', async () => {
  const server = await startEmbedded();
  const peer = await NodePeer.join(server.wsUrl, 'stop', 'caller');
  const began = Date.now();
  expect(await server.stop()).toBe(0);
  expect(Date.now() - began).toBeLessThan(2000);
  expect(await peer.disconnected).toBe(3);
});

test('a taken port is one clear sentence', async () => {
  const server = await startEmbedded();
  const second = spawnEmbedded({ EMBEDDED_PORT: String(server.port) });
  expect(await exitOf(second.child)).toBe(1);
  expect(second.output()).toBe(
    `Port ${server.port} is taken: stop what listens there or set EMBEDDED_PORT.\n`,
  );
  await server.stop();
});

test('all faults in the settings are told together', async () => {
  const faulty = spawnEmbedded({
    EMBEDDED_PORT: 'x',
    LIVEKIT_API_KEY: '',
    LIVEKIT_API_SECRET: 'short',
    EMBEDDED_UDP_PORTS: '9-1',
    EMBEDDED_PUBLIC_IP: 'calls.example.com',
    EMBEDDED_WEBHOOK_URL: 'nowhere',
  });
  expect(await exitOf(faulty.child)).toBe(1);
  for (const name of [
    'EMBEDDED_PORT',
    'LIVEKIT_API_KEY',
    'LIVEKIT_API_SECRET',
    'EMBEDDED_UDP_PORTS',
    'EMBEDDED_PUBLIC_IP',
    'EMBEDDED_WEBHOOK_URL',
  ]) {
    expect(faulty.output()).toContain(name);
  }
  expect(faulty.output()).not.toContain('    at ');
});

test('a server whose log nobody reads any more goes on, and rests', async () => {
  const server = await startEmbedded();
  server.child.stdout?.destroy();
  for (const name of ['one', 'two']) {
    const peer = await NodePeer.join(server.wsUrl, 'unread', name);
    await peer.leave();
  }
  const ticks = (): number => {
    const fields = readFileSync(`/proc/${server.child.pid}/stat`, 'utf8').split(') ')[1];
    const [user = 0, system = 0] = fields?.split(' ').slice(11, 13).map(Number) ?? [];
    return user + system;
  };
  let last = 0;
  await waitFor(
    () => {
      const used = ticks() - last;
      last += used;
      return used <= 2;
    },
    { what: 'rest', everyMs: 500 },
  );
  await server.stop();
});

test('it listens on loopback alone unless told otherwise', async () => {
  const server = await startEmbedded();
  const peer = await NodePeer.join(server.wsUrl, 'loopback', 'one');
  const pid = server.child.pid ?? 0;
  const open = [...openPorts(pid, 'tcp'), ...openPorts(pid, 'udp')];
  expect(open.length).toBeGreaterThanOrEqual(2);
  expect(new Set(open.map((one) => one.address))).toEqual(new Set(['127.0.0.1']));
  await peer.leave();
  await server.stop();
});

test('media keeps to the UDP ports it was given', async () => {
  const first = await freePorts(21);
  const last = first + 20;
  const server = await startEmbedded({ EMBEDDED_UDP_PORTS: `${first}-${last}` });
  const one = await NodePeer.join(server.wsUrl, 'ports', 'one');
  const two = await NodePeer.join(server.wsUrl, 'ports', 'two');
  expect(one.room.isConnected && two.room.isConnected).toBe(true);
  const ports = openPorts(server.child.pid ?? 0, 'udp').map((one) => one.port);
  expect(ports.filter((port) => port >= first && port <= last).length).toBe(2);
  await one.leave();
  await two.leave();
  await server.stop();
});
