/** Posts webhooks to addresses that customers chose: bounded in time and size, and kept out of private networks. */
import { request as httpRequest } from 'node:http';
import type { Agent } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP } from 'node:net';
import type {
  WebhookAnswer,
  WebhookRequest,
  WebhookSender,
} from '../domain/ports/webhook-sender.js';
import { createPublicLookup, isPrivateAddress } from './private-addresses.js';
import type { Resolve } from './private-addresses.js';

const TIMEOUT_MS = 10_000;
/** What is read of an answer. */
const KEPT_BYTES = 4_096;
/** Words of Node and OpenSSL for what goes wrong before an answer comes. */
const SENTENCES: Readonly<Record<string, string>> = {
  ENOTFOUND: 'The name is not known.',
  EAI_AGAIN: 'The name could not be resolved.',
  ECONNREFUSED: 'The connection was refused.',
  ECONNRESET: 'The connection was broken off.',
  EHOSTUNREACH: 'The machine cannot be reached.',
  ENETUNREACH: 'The machine cannot be reached.',
  ETIMEDOUT: 'The machine cannot be reached.',
  CERT_HAS_EXPIRED: 'Its certificate has expired.',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'Its certificate is signed by itself.',
  SELF_SIGNED_CERT_IN_CHAIN: 'Its certificate is signed by nobody known.',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'Its certificate is signed by nobody known.',
  ERR_TLS_CERT_ALTNAME_INVALID: 'Its certificate is for another name.',
};

/** Whether private addresses are allowed; names, connections and the time allowed are replaced in tests. */
export interface WebhookSenderOptions {
  allowsPrivate: boolean;
  resolve?: Resolve;
  agent?: Agent;
  /** Default 10,000. */
  timeoutMs?: number;
}

/** Every request has a connection of its own, whose address was checked after the name was resolved. */
export function createWebhookSender(options: WebhookSenderOptions): WebhookSender {
  return {
    allowsPrivate: options.allowsPrivate,
    send: async (request, signal) => {
      const began = performance.now();
      const answer = await post(request, options, signal).catch((error: unknown) => ({
        status: null,
        body: null,
        error: sentenceOf(error),
      }));
      return { ...answer, durationMs: Math.round(performance.now() - began) };
    },
  };
}

function post(
  { url, headers, body }: WebhookRequest,
  { allowsPrivate, resolve: resolver, agent, timeoutMs = TIMEOUT_MS }: WebhookSenderOptions,
  stop?: AbortSignal,
): Promise<Omit<WebhookAnswer, 'durationMs'>> {
  const { hostname, protocol } = new URL(url);
  const host = hostname.replace(/^\[|\]$/g, '');
  if (!allowsPrivate && isIP(host) !== 0 && isPrivateAddress(host)) {
    return Promise.reject(new Error('the address is private'));
  }
  const send = protocol === 'https:' ? httpsRequest : httpRequest;
  const late = AbortSignal.timeout(timeoutMs);
  return new Promise((resolve, reject) => {
    const request = send(url, {
      method: 'POST',
      headers: { ...headers, 'content-length': Buffer.byteLength(body) },
      signal: stop ? AbortSignal.any([late, stop]) : late,
      agent: agent ?? false,
      ...(allowsPrivate ? {} : { lookup: createPublicLookup(resolver) }),
    });
    let fail = reject;
    request.on('error', (error) => fail(error));
    request.on('response', (response) => {
      const parts: Buffer[] = [];
      let size = 0;
      // The status counts, whatever becomes of the rest: what is there by then is kept.
      const done = (): void => {
        const kept = Buffer.concat(parts).subarray(0, KEPT_BYTES);
        const text = new TextDecoder().decode(kept).replaceAll('\0', '\uFFFD');
        resolve({ status: response.statusCode ?? 0, body: text, error: null });
        request.destroy();
      };
      fail = done;
      response.on('data', (part: Buffer) => {
        parts.push(part);
        size += part.length;
        if (size >= KEPT_BYTES) done();
      });
      response.on('end', done);
      response.on('close', done);
      response.on('error', done);
    });
    request.end(body);
  });
}

function sentenceOf(error: unknown): string {
  const { name, message, code } = error as NodeJS.ErrnoException;
  if (name === 'AbortError' || name === 'TimeoutError') return 'No answer came in time.';
  if (message === 'the address is private') {
    return 'The address is private: it lies in no network that may be called.';
  }
  return SENTENCES[code ?? ''] ?? `The request failed (${code ?? 'unknown'}).`;
}
