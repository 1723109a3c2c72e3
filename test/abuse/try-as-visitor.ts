/** A visitor holds the publishable key that stands in every page of the site, and nothing else. */
import type { Product } from '../e2e/product.js';
import type { Ledger } from './ledger.js';
import { fill, type Operation } from './operations.js';

const MAY_START = ['/v1/web-calls', '/v1/web-calls/preflight', '/v1/livekit/token'];

/** Every operation with the publishable key, and its own operation from everywhere else. */
export async function tryAsVisitor(
  product: Product,
  operations: readonly Operation[],
  ids: Record<string, string>,
  ledger: Ledger,
): Promise<void> {
  const authorization = `Bearer ${product.publishableKey}`;
  const guarded = operations.filter((one) => one.isGuarded && !MAY_START.includes(one.path));
  for (const operation of guarded) {
    const path = fill(operation.path, ids);
    const { status } = await product.rest(
      operation.method,
      path,
      operation.method === 'GET' ? undefined : {},
      { authorization, origin: product.url },
    );
    const isRefused = [400, 401, 403, 404, 415].includes(status);
    ledger.note('visitor', isRefused ? null : `${operation.method} ${path}: ${status}`);
  }
  for (const origin of foreignOrigins(product.url)) {
    for (const path of MAY_START) {
      const { status } = await product.rest(
        'POST',
        path,
        { agent_id: product.agentId, room_config: { agents: [{ agent_name: product.agentId }] } },
        { authorization, ...(origin === null ? {} : { origin }) },
      );
      const isRefused = status === 400 || status === 403;
      ledger.note('visitor', isRefused ? null : `${path} from ${origin ?? 'nowhere'}: ${status}`);
    }
    const path = `/v1/widget?agent_id=${product.agentId}`;
    const headers = { authorization, ...(origin === null ? {} : { origin }) };
    const { status } = await product.rest('GET', path, undefined, headers);
    const isRefused = status === 400 || status === 403;
    ledger.note('visitor', isRefused ? null : `${path} from ${origin ?? 'nowhere'}: ${status}`);
  }
}

function foreignOrigins(url: string): (string | null)[] {
  const { host, port } = new URL(url);
  return [
    null,
    'null',
    'https://evil.example',
    `https://${host}`,
    `http://${host}.evil.example`,
    `http://${host}@evil.example`,
    `http://evil.example#${host}`,
    `http://127.0.0.1:${Number(port) + 1}`,
    `${url}/`,
    `${url} https://evil.example`,
    'file://',
    'http://[::1]',
  ];
}
