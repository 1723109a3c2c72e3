/** An export over a connection: whoever hangs up ends it, whatever fails breaks it off, and the client goes on. */
import { afterEach, expect, it } from 'vitest';
import { BackendClient } from '../../sdk/backend/index.js';
import { listen } from '../../server/http/listen/listen.js';
import { SECRET_KEY } from '../fakes/fake-verbs.js';
import { testApp } from '../support/test-app.js';
import { waitFor } from '../support/wait-for.js';
import type { Domain } from '../../server/domain/create-domain.js';
import type { Listening } from '../../server/http/listen/listen.js';

const ROWS = 2_000;
let server: Listening | null = null;
afterEach(() => server?.close(0));

/** `made` counts the batches that were asked for, `isOver` tells that nobody asks any more. */
async function serving(batchOf: (batch: number, cursor?: string) => unknown[][] | null) {
  const seen = { made: 0, isOver: false };
  const exportCalls: Domain['exportCalls'] = async function* (_principal, { cursor }) {
    seen.isOver = false;
    try {
      for (let n = 0; ; n += 1) {
        seen.made += 1;
        const rows = batchOf(n, cursor);
        if (rows === null) return;
        yield rows;
      }
    } finally {
      seen.isOver = true;
    }
  };
  const { app } = testApp({ exportCalls });
  server = await listen({ host: '127.0.0.1', port: 0, fetch: (request) => app.fetch(request) });
  const url = `http://127.0.0.1:${server.port}`;
  const ask = (encoding: string, signal?: AbortSignal) =>
    fetch(`${url}/v1/calls/export?columns=id`, {
      headers: { authorization: `Bearer ${SECRET_KEY}`, 'accept-encoding': encoding },
      ...(signal ? { signal } : {}),
    });
  return { url, seen, ask };
}

const batch = (from: number) => Array.from({ length: ROWS }, (_, n) => [`call_${from + n}`]);

it.each(['identity', 'gzip'])(
  'is made as it is read, and no more of it after a hang-up: %s',
  async (encoding) => {
    const { seen, ask } = await serving((n) => batch(n * ROWS));
    const control = new AbortController();
    const { body } = await ask(encoding, control.signal);
    const reader = (body as ReadableStream<Uint8Array>).getReader();
    await reader.read();
    control.abort();
    await waitFor(() => seen.isOver, { what: 'the end of the export' });
    // What fits into the buffers of a connection, and far from for ever.
    expect(seen.made).toBeLessThan(2_000);
  },
);

it.each(['identity', 'gzip'])(
  'breaks off when the database does, and does not look whole: %s',
  async (encoding) => {
    const { ask } = await serving((n) => {
      if (n === 2) throw new Error('gone');
      return batch(n * ROWS);
    });
    const answer = await ask(encoding);
    expect(answer.status).toBe(200);
    await expect(answer.text()).rejects.toThrow();
  },
);

it('goes on after the last row where it broke off, row for row', async () => {
  let breaks = 2;
  const { url } = await serving((n, cursor) => {
    const from = cursor === undefined ? 0 : Number(cursor.replace('call_', '')) + 1;
    if (from + n * ROWS >= 5 * ROWS) return null;
    if (n === 1 && breaks > 0) {
      breaks -= 1;
      throw new Error('gone');
    }
    return batch(from + n * ROWS).filter(([id]) => Number(id?.replace('call_', '')) < 5 * ROWS);
  });
  const backend = new BackendClient({ serverUrl: url, secretKey: SECRET_KEY });
  const ids: unknown[] = [];
  for await (const { id } of backend.calls.export({ columns: ['id'] })) ids.push(id);
  expect(breaks).toBe(0);
  expect(ids).toEqual(Array.from({ length: 5 * ROWS }, (_, n) => `call_${n}`));
});
