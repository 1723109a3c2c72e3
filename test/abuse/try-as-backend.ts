/** A secret key that got into a page, one of another workspace, and requests that nobody would write by hand. */
import type { Product } from '../e2e/product.js';
import { generatedRequests } from './generated-requests.js';
import type { Ledger } from './ledger.js';
import { fill, type Operation } from './operations.js';

/** Its own key from a browser, which must not work. */
export async function trySecretKeyInPage(product: Product, ledger: Ledger): Promise<void> {
  const pages: Record<string, string>[] = [
    { origin: 'https://shop.example' },
    { origin: 'null' },
    { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'cors' },
    { 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'no-cors' },
  ];
  for (const headers of pages) {
    for (const path of ['/v1/calls', '/v1/agents', '/v1/api-keys']) {
      const { status } = await product.rest('GET', path, undefined, headers);
      ledger.note('backend', status === 403 ? null : `${path} from a page: ${status}`);
    }
  }
}

/** Requests made by a generator, with a key that may do everything: nothing may break. */
export async function tryGenerated(
  product: Product,
  operations: readonly Operation[],
  ids: Record<string, string>,
  ledger: Ledger,
  { seed, count }: { seed: number; count: number },
): Promise<void> {
  for (const { method, path, body } of generatedRequests(operations, ids, { seed, count })) {
    const answer = await fetch(`${product.url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${product.secretKey}`,
        ...(body === null ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === null ? {} : { body }),
    });
    // The events of a call that is open come for as long as it is.
    const isStream = answer.headers.get('content-type')?.startsWith('text/event-stream');
    await (isStream ? answer.body?.cancel() : answer.arrayBuffer());
    const what = `${method} ${path} ${body ?? ''}`.slice(0, 300);
    ledger.note('backend', answer.status >= 500 ? `${what}: ${answer.status}` : null);
  }
}

/** What the key of another workspace reaches of this one. */
export async function tryAsNeighbour(
  product: Product,
  operations: readonly Operation[],
  ids: Record<string, string>,
  key: string,
  ledger: Ledger,
): Promise<void> {
  for (const { method, path, isGuarded } of operations) {
    if (!isGuarded || !path.includes('{')) continue;
    const address = fill(path, ids);
    const body = method === 'GET' ? undefined : {};
    const { status } = await product.rest(method, address, body, {
      authorization: `Bearer ${key}`,
    });
    const isIn = status < 400 || status >= 500;
    ledger.note('neighbour', isIn ? `${method} ${address}: ${status}` : null);
  }
}
