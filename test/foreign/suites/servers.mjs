/** The two servers that the suites are run against: how to start them, and one that runs. */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { ensureLivekitServer } from '../../../scripts/livekit/livekit-server.mjs';
import { loopbackConfig } from '../../../scripts/livekit/loopback-config.mjs';
import { freePorts } from '../../support/free-port.mjs';
import { endGroup } from './run-command.mjs';

const embeddedMain = fileURLToPath(
  new URL('../../../dist/server/embedded/main.js', import.meta.url),
);

/** The key pair of livekit-server's own tests, which cannot be told another. */
export const keys = { apiKey: 'apikey', apiSecret: 'apiSecretExtendTo32BytesAsThatIsMinimum' };

/** Both kinds, the model first; each answers the command that serves on a port: `{ program, args, env }`. */
export async function findServers(say) {
  const livekit = await ensureLivekitServer(process.env, say);
  return [
    {
      name: 'livekit-server',
      command: (port) => {
        const config = loopbackConfig({ ...keys, port, udpPort: port + 1, tcpPort: 0 });
        return { program: livekit, args: [], env: { LIVEKIT_CONFIG: JSON.stringify(config) } };
      },
    },
    {
      name: 'embedded',
      command: (port) => ({
        program: process.execPath,
        args: [embeddedMain],
        env: {
          LIVEKIT_API_KEY: keys.apiKey,
          LIVEKIT_API_SECRET: keys.apiSecret,
          EMBEDDED_PORT: String(port),
        },
      }),
    },
  ];
}

/** Starts a server and answers how to end it, once it serves. */
export async function startServer({ program, args, env }, port) {
  const child = spawn(program, args, {
    env: { PATH: process.env.PATH, ...env },
    stdio: 'ignore',
    detached: true,
  });
  const end = () => endGroup(child.pid);
  process.once('exit', end);
  const deadline = Date.now() + 20_000;
  while (!(await isServing(port))) {
    if (Date.now() > deadline || child.exitCode !== null) {
      end();
      throw new Error(`${program} did not serve on port ${port}.`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return async () => {
    process.off('exit', end);
    const ended = new Promise((resolve) => child.once('exit', resolve));
    if (child.exitCode === null && child.signalCode === null) {
      end();
      await ended;
    }
  };
}

async function isServing(port) {
  try {
    return (await fetch(`http://127.0.0.1:${port}`)).ok;
  } catch {
    return false;
  }
}

/** A port that is free, as its neighbour is, where livekit-server takes its media. */
export function freeSuitePort() {
  return freePorts(2);
}
