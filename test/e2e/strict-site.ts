/** Somebody else's site: another origin, a strict content security policy, and one tag of ours. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { documentedPolicy } from '../support/documented-policy.js';
import type { SilentProduct } from './silent-product.js';

/** A running site. */
export interface StrictSite {
  url: string;
  /** A publishable key for this origin. */
  apiKey: string;
  close: () => void;
}

/** Nothing inline, nothing evaluated, no text made script, nothing from elsewhere than the server and its media. */
export async function startStrictSite(product: SilentProduct): Promise<StrictSite> {
  const policy = documentedPolicy(product.url, product.mediaUrl);
  const site = createServer((_, response) => {
    response.writeHead(200, {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': policy,
    });
    response.end(
      `<!doctype html><title>Shop</title><script src="${product.url}/widget.js" async></script>`,
    );
  });
  await new Promise<void>((resolve) => {
    site.listen(0, '127.0.0.1', resolve);
  });
  const url = `http://127.0.0.1:${(site.address() as AddressInfo).port}`;
  const { key } = await product.rest<{ key: string }>('POST', '/v1/api-keys', {
    name: 'strict site',
    kind: 'publishable',
    allowed_origins: [url],
  });
  return { url, apiKey: key, close: () => site.close() };
}
