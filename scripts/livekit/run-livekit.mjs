/** Runs a livekit-server until it is told to stop. */
import { spawn, spawnSync } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';
import { loopbackConfig } from './loopback-config.mjs';

const readyTimeoutMs = 30_000;
const forceMs = 500;
const killMs = 5000;

/** Resolves when it answers. Throws one sentence when a port is taken or the server ends at once. */
export async function runLivekit(program, settings) {
  await checkTcp('LIVEKIT_PORT', settings.port);
  if (settings.tcpPort > 0) await checkTcp('LIVEKIT_TCP_PORT', settings.tcpPort);
  await checkUdp('LIVEKIT_UDP_PORT', settings.udpPort);
  const child = spawn(program, [], {
    // Every LIVEKIT_* variable would be read as a setting, so it gets none but its configuration.
    env: { PATH: process.env.PATH, LIVEKIT_CONFIG: JSON.stringify(loopbackConfig(settings)) },
    stdio: ['ignore', 'inherit', 'inherit'],
    // A group of its own: else Ctrl-C in a terminal reaches it twice.
    detached: true,
  });
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  endWithThisProcess(child);
  let exit = null;
  const ended = new Promise((resolve) => {
    child.once('error', () => resolve((exit = 1)));
    child.once('close', (code) => resolve((exit = code ?? 0)));
  });
  let stopping = false;
  const stop = () => {
    if (stopping) return;
    stopping = true;
    // The first signal waits for participants to leave, the second says goodbye to them.
    child.kill('SIGTERM');
    setTimeout(() => child.kill('SIGTERM'), forceMs).unref();
    setTimeout(kill, killMs).unref();
  };
  await answers(settings.port, () => {
    if (exit === null) return;
    throw new Error(`${program} ended at once (exit code ${exit}): see its words above.`);
  });
  return { url: `ws://127.0.0.1:${settings.port}`, version: versionOf(program), ended, stop };
}

/** A process that is killed outright runs nothing any more, but its pipes are closed: a shell waits for that. */
function endWithThisProcess(child) {
  if (process.platform === 'win32' || !child.pid) return;
  const watch = spawn('/bin/sh', ['-c', `read _; kill -9 ${child.pid} 2>/dev/null`], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  watch.once('error', () => undefined);
  watch.unref();
  watch.stdin.unref();
  // Before the number can be somebody else's.
  child.once('exit', () => watch.kill('SIGKILL'));
}

async function answers(port, check) {
  const deadline = Date.now() + readyTimeoutMs;
  while (Date.now() < deadline) {
    check();
    const answer = await fetch(`http://127.0.0.1:${port}/`).catch(() => null);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`livekit-server does not answer on port ${port} after 30 s.`);
}

function versionOf(program) {
  const said = spawnSync(program, ['--version'], { encoding: 'utf8', timeout: 5000 }).stdout;
  return said?.trim().split('\n')[0] || 'livekit-server';
}

function checkTcp(name, port) {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', (error) => reject(taken(name, port, error)));
    probe.listen(port, '127.0.0.1', () => probe.close(resolve));
  });
}

function checkUdp(name, port) {
  return new Promise((resolve, reject) => {
    const probe = createSocket('udp4');
    probe.once('error', (error) => reject(taken(name, port, error)));
    probe.bind(port, '127.0.0.1', () => probe.close(resolve));
  });
}

function taken(name, port, error) {
  if (error.code === 'EACCES')
    return new Error(`Port ${port} may not be used: set ${name} higher.`);
  return new Error(`Port ${port} is taken: stop what uses it, or set ${name} to a free port.`);
}
