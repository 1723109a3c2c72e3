/** The two media servers of the comparison, each alone on loopback. */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { ensureLivekitServer } from '../../../scripts/livekit/livekit-server.mjs';
import { loopbackConfig } from '../../../scripts/livekit/loopback-config.mjs';
import { freePort } from '../../support/free-port.mjs';

const keys = { apiKey: 'bench-key', apiSecret: 'a-bench-secret-of-at-least-32-characters' };
const UP_MS = 30_000;
const embeddedMain = fileURLToPath(
  new URL('../../../dist/server/embedded/main.js', import.meta.url),
);

/** Starts `embedded` or `livekit`; resolves when it answers. */
export async function startMediaServer(name) {
  const [port, udpPort] = [await freePort(), await freePort()];
  const embedded = {
    LIVEKIT_API_KEY: keys.apiKey,
    LIVEKIT_API_SECRET: keys.apiSecret,
    EMBEDDED_PORT: String(port),
  };
  const config = loopbackConfig({ ...keys, port, udpPort, tcpPort: 0, logLevel: 'warn' });
  const child =
    name === 'embedded'
      ? spawn(process.execPath, [embeddedMain], { env: embedded, stdio: 'ignore' })
      : spawn(await ensureLivekitServer(), [], {
          env: { LIVEKIT_CONFIG: JSON.stringify(config) },
          stdio: 'ignore',
        });
  const ended = new Promise((resolve) => child.once('close', resolve));
  const isUp = () =>
    fetch(`http://127.0.0.1:${port}/`).then(
      (answer) => answer.ok,
      () => false,
    );
  const deadline = performance.now() + UP_MS;
  while (!(await isUp())) {
    if (child.exitCode !== null || performance.now() > deadline) {
      child.kill('SIGKILL');
      throw new Error(`${name} does not answer on port ${port}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return {
    pid: child.pid,
    target: { url: `ws://127.0.0.1:${port}`, ...keys },
    async stop() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
