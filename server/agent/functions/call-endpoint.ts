/** One HTTP request of a custom function: bounded in time and size, and kept out of private networks. */
import { request as httpRequest } from 'node:http';
import type { Agent } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP } from 'node:net';
import type { CustomFunction } from '../../../sdk/wire/agent.js';
import { createPublicLookup, isPrivateAddress } from '../../network/private-addresses.js';
import type { Resolve } from '../../network/private-addresses.js';

const DEFAULT_TIMEOUT_MS = 10_000;
const LARGEST_ANSWER = 65_536;

/** Names and connections; Node's own unless given. */
export interface NameAndWire {
  resolve?: Resolve;
  agent?: Agent;
}

/** Answers the body's text. Throws with a sentence that says what went wrong. */
export function callEndpoint(
  config: CustomFunction['config'],
  args: Record<string, unknown>,
  allowPrivateHosts: boolean,
  { resolve: resolver, agent }: NameAndWire = {},
): Promise<string> {
  const url = new URL(config.url);
  for (const [name, value] of Object.entries(config.query_params ?? {})) {
    url.searchParams.set(name, value);
  }
  const hasBody = config.method !== 'GET' && config.method !== 'DELETE';
  if (!hasBody) {
    for (const [name, value] of Object.entries(args)) {
      url.searchParams.set(name, typeof value === 'string' ? value : JSON.stringify(value));
    }
  }
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (!allowPrivateHosts && isIP(host) !== 0 && isPrivateAddress(host)) {
    return Promise.reject(new Error('the address is private'));
  }
  const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
  const body = hasBody ? JSON.stringify(args) : undefined;
  return new Promise((resolve, reject) => {
    const request = send(url, {
      method: config.method,
      headers: { accept: 'application/json', ...jsonHeader(body), ...config.headers },
      signal: AbortSignal.timeout(config.timeout_ms ?? DEFAULT_TIMEOUT_MS),
      ...(allowPrivateHosts ? {} : { lookup: createPublicLookup(resolver) }),
      ...(agent ? { agent } : {}),
    });
    request.on('error', reject);
    request.on('response', (response) => {
      const status = response.statusCode ?? 0;
      let text = '';
      response.setEncoding('utf8');
      response.on('error', reject);
      response.on('data', (chunk: string) => {
        text += chunk;
        if (text.length > LARGEST_ANSWER) response.destroy(new Error('the answer is too large'));
      });
      response.on('end', () => {
        if (status >= 200 && status < 300) resolve(text);
        else reject(new Error(`the endpoint answered ${status}`));
      });
    });
    request.end(body);
  });
}

function jsonHeader(body: string | undefined): Record<string, string> {
  return body === undefined ? {} : { 'content-type': 'application/json' };
}
