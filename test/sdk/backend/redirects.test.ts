/** The client before a server that leads elsewhere: real requests, as it is `fetch` that would follow. */
import { createServer } from 'node:http';
import { expect, it } from 'vitest';
import { BackendClient, RestError } from '../../../sdk/backend/index.js';
import { listenOnLoopback } from '../../support/listen-on-loopback.js';

it('follows no redirect, which would take the body elsewhere or turn it into another request', async () => {
  const urls: string[] = [];
  const server = createServer(({ method, url }, response) => {
    urls.push(`${method} ${url}`);
    const status = url === '/elsewhere' ? 200 : Number(url?.match(/call_(\d+)/)?.[1]);
    response.writeHead(status, { location: '/elsewhere' }).end('{"status":"completed"}');
  });
  const serverUrl = await listenOnLoopback(server);
  const client = new BackendClient({ serverUrl, secretKey: 'dnx_sk_1' });
  for (const status of [301, 302, 303, 307, 308]) {
    const error: unknown = await client.calls.terminate(`call_${status}`).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(RestError);
    expect(error).toMatchObject({ code: 'unexpected_answer', status, retryable: false });
  }
  expect(urls).toEqual(
    [301, 302, 303, 307, 308].map((status) => `POST /v1/web-calls/call_${status}/terminate`),
  );
  server.close();
  server.closeAllConnections();
});
