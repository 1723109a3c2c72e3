/**
 * Serves this folder as a site of its own, on another origin than the server.
 *
 *   DIALNEXA_SECRET_KEY=dnx_sk_… node examples/headless/serve.mjs
 *
 * With the secret key it makes a publishable key for this origin, which it revokes when it ends, and takes the oldest agent,
 * which is the demo's, or the one that DIALNEXA_AGENT_ID names. DIALNEXA_SERVER_URL names a server elsewhere than at http://127.0.0.1:8787.
 */
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';

const { DIALNEXA_SECRET_KEY: secretKey, DIALNEXA_AGENT_ID: agentId } = process.env;
const { DIALNEXA_SERVER_URL: serverUrl = 'http://127.0.0.1:8787' } = process.env;
const port = Number(process.env.PORT ?? 3000);
const origin = `http://localhost:${port}`;
const types = { html: 'text/html; charset=utf-8', js: 'text/javascript; charset=utf-8' };

function fail(message) {
  console.error(message);
  process.exit(1);
}

if (!secretKey) fail('Set DIALNEXA_SECRET_KEY to the secret key that `npm start` printed.');

async function rest(method, path, body) {
  const answer = await fetch(`${serverUrl}${path}`, {
    method,
    headers: { authorization: `Bearer ${secretKey}`, 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  }).catch(() => {
    throw new Error(
      `No server answers at ${serverUrl}: start it, or set DIALNEXA_SERVER_URL to the address that \`npm start\` printed.`,
    );
  });
  const json = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Error(`${method} ${path}: ${json.message}`);
  return json;
}

async function oldestAgent() {
  for (let page, cursor = ''; ; cursor = `&cursor=${encodeURIComponent(page.next_cursor)}`) {
    page = await rest('GET', `/v1/agents?limit=200${cursor}`);
    if (!page.next_cursor) return page.data.at(-1);
  }
}

const agent = agentId ? { id: agentId } : await oldestAgent().catch((error) => fail(error.message));
const key = await rest('POST', '/v1/api-keys', {
  name: 'Example headless',
  kind: 'publishable',
  allowed_origins: [origin],
}).catch((error) => fail(error.message));
// A site would keep its key; this one is gone with the example.
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () =>
    rest('DELETE', `/v1/api-keys/${key.id}`).then(
      () => process.exit(),
      (error) => fail(`The key ${key.id} is still valid: ${error.message}`),
    ),
  );
}
const values = { SERVER_URL: serverUrl, API_KEY: key.key, AGENT_ID: agent.id };

createServer(async (request, response) => {
  const { pathname } = new URL(request.url, origin);
  const name = pathname === '/' ? 'index.html' : pathname.slice(1);
  const type = types[name.split('.').pop()];
  if (!type || !/^[\w-]+\.\w+$/.test(name)) return response.writeHead(404).end();
  try {
    const text = await readFile(new URL(name, import.meta.url), 'utf8');
    response.writeHead(200, { 'content-type': type });
    response.end(text.replaceAll(/\{\{(\w+)\}\}/g, (_, word) => values[word] ?? ''));
  } catch {
    response.writeHead(404).end();
  }
}).listen(port, () => console.log(`Open ${origin}/`));
