/** The product without an agent worker: enough to join, and nobody answers. */
import { mediaServers } from '../conformance/support/media-servers.js';
import { ask, printedKeys, startServer } from '../servers/support/server-process.js';
import { freePort } from '../support/free-port.mjs';
import { startBacking } from './backing.js';

/** Two running processes. */
export interface SilentProduct {
  url: string;
  mediaUrl: string;
  secretKey: string;
  publishableKey: string;
  agentId: string;
  rest: <T>(method: string, path: string, body?: unknown) => Promise<T>;
  stop: () => Promise<void>;
}

/** Starts the server and a media server on free ports, on what the environment chose. */
export async function startSilentProduct(): Promise<SilentProduct> {
  const port = await freePort();
  const webhookUrl = `http://127.0.0.1:${port}/livekit/webhook`;
  const backing = await startBacking(webhookUrl);
  const own = backing.media ? null : await mediaServers[0]?.start({ webhookUrl });
  const mediaUrl = (backing.media ?? own)?.wsUrl ?? '';
  const env = { ...backing.env, LIVEKIT_URL: mediaUrl, PORT: String(port) };
  const server = await startServer({ env });
  const { secret: key, publishable: publishableKey } = printedKeys([server]);
  const rest: SilentProduct['rest'] = async (method, path, body) =>
    (await ask(server.url, method, path, { key, body })).body as never;
  const { data } = await rest<{ data: { id: string }[] }>('GET', '/v1/agents');
  return {
    url: server.url,
    mediaUrl,
    secretKey: key,
    publishableKey,
    agentId: data[0]?.id ?? '',
    rest,
    stop: async () => {
      await server.stop();
      await own?.stop();
      await backing.stop();
    },
  };
}
