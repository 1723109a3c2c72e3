/** `npm run abuse`: everything that SECURITY.md says is kept out tries to get in, against the running product. */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CreateWebCallResponse } from '../../sdk/wire/web-call.js';
import { startProduct, type Product } from '../e2e/product.js';
import { Ledger, type Role } from './ledger.js';
import { readOperations, type Operation } from './operations.js';
import { tryAsCaller } from './try-as-caller.js';
import { tryAsNeighbour, tryGenerated, trySecretKeyInPage } from './try-as-backend.js';
import { tryEndedGrant, tryLargeBodies, trySlowHeads } from './try-as-vandal.js';
import { tryAsVisitor } from './try-as-visitor.js';
import { tryWithNothing } from './try-with-nothing.js';

const keyCommand = fileURLToPath(new URL('../../scripts/key.mjs', import.meta.url));
/** The requests of the generator are the same ones in every run. */
const GENERATED = { seed: 20_261_128, count: 900 };

describe('nobody gets in', () => {
  const ledger = new Ledger();
  let product: Product;
  let operations: Operation[];
  let neighbour: string;
  let grants: { own: CreateWebCallResponse; foreign: CreateWebCallResponse };
  let ids: Record<string, string>;

  const startCall = async (): Promise<CreateWebCallResponse> => {
    const { status, body } = await product.rest<CreateWebCallResponse>(
      'POST',
      '/v1/web-calls',
      { agent_id: product.agentId },
      { authorization: `Bearer ${product.publishableKey}`, origin: product.url },
    );
    expect(status).toBe(201);
    return body;
  };
  const expectNoneIn = (role: Role, atLeast: number): void => {
    expect(ledger.breaches(role)).toEqual([]);
    expect(ledger.tried(role)).toBeGreaterThanOrEqual(atLeast);
  };

  beforeAll(async () => {
    product = await startProduct({}, undefined, (env) => {
      const out = execFileSync(process.execPath, [keyCommand, '--workspace', 'Neighbour'], { env });
      neighbour = /dnx_sk_\S+/.exec(String(out))?.[0] ?? '';
    });
    operations = await readOperations(product);
    grants = { own: await startCall(), foreign: await startCall() };
    const spare = await product.rest<{ id: string }>('POST', '/v1/api-keys', {
      name: 'Spare',
      kind: 'secret',
    });
    ids = {
      call_id: grants.foreign.call_id,
      agent_id: product.agentId,
      key_id: spare.body.id,
      version_number: '1',
      seq: '0',
    };
  });
  afterAll(async () => {
    console.log(`\n${ledger.table()}\n`);
    await product?.stop();
  });

  it('without a credential', async () => {
    await tryWithNothing(product, operations, ids, ledger);
    expectNoneIn('nobody', 200);
  });

  it('with the key of the page', async () => {
    await tryAsVisitor(product, operations, ids, ledger);
    expectNoneIn('visitor', 30);
  });

  it('with the grant of another call', async () => {
    await tryAsCaller(product, operations, grants, ledger);
    expectNoneIn('caller', 50);
  });

  it('with the key of another workspace', async () => {
    expect(neighbour).toMatch(/^dnx_sk_/);
    await tryAsNeighbour(product, operations, ids, neighbour, ledger);
    expectNoneIn('neighbour', 15);
  });

  it('with a secret key that stands in a page, or with requests that nobody would write', async () => {
    await trySecretKeyInPage(product, ledger);
    await tryGenerated(product, operations, ids, ledger, GENERATED);
    expectNoneIn('backend', GENERATED.count);
  });

  it('and nobody takes the house down', async () => {
    await tryLargeBodies(product, ledger);
    await trySlowHeads(product, ledger);
    await tryEndedGrant(product, startCall, ledger);
    expectNoneIn('vandal', 100);
    expect((await fetch(`${product.url}/readyz`)).status).toBe(200);
  });
});
