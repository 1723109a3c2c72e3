/** A grant that nobody uses: it takes minutes to expire, so this runs beside the other tests. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Call } from '../../sdk/wire/call.js';
import type { CreateWebCallResponse } from '../../sdk/wire/web-call.js';
import { waitFor } from '../support/wait-for.js';
import { startSilentProduct, type SilentProduct } from './silent-product.js';

let product: SilentProduct;

beforeAll(async () => {
  product = await startSilentProduct();
});

afterAll(() => product?.stop());

it('an expired grant joins nothing, and its record is closed', async () => {
  const request = { agent_id: product.agentId };
  const unused = await product.rest<CreateWebCallResponse>('POST', '/v1/web-calls', request);
  const record = await waitFor(
    async () => {
      const call = await product.rest<Call>('GET', `/v1/calls/${unused.call_id}`);
      return call.ended_at ? call : null;
    },
    { timeoutMs: 150_000, everyMs: 500, what: 'the end of the unused grant' },
  );
  expect(record).toMatchObject({ status: 'cancelled', end_reason: 'caller_never_joined' });
  expect(Date.parse(record.ended_at ?? '')).toBeGreaterThanOrEqual(Date.parse(unused.expires_at));
  const media = unused.server_url.replace(/^ws/, 'http');
  const join = `${media}/rtc/validate?access_token=${unused.access_token}`;
  // LiveKit forgives clocks that are up to a minute apart.
  await waitFor(async () => (await fetch(join)).status === 401, {
    timeoutMs: 80_000,
    everyMs: 500,
    what: 'the refusal of the expired token',
  });
}, 260_000);
