/** Where a call is asked for, in the words of the domain. */
import { createHmac } from 'node:crypto';
import type { Context } from 'hono';
import type { CallSource } from '../domain/calls/create-web-call.js';
import type { Principal } from '../domain/keys/principal.js';
import type { HttpEnv } from './http-env.js';

/** What the record will keep as the call's route. */
export function callSourceOf(
  c: Context<HttpEnv>,
  principal: Principal,
  entryPoint: CallSource['entryPoint'],
  secret: string,
): CallSource {
  return {
    principal,
    origin: c.req.header('origin') ?? null,
    userAgent: c.req.header('user-agent')?.slice(0, 500) ?? null,
    entryPoint,
    visitor: principal.kind === 'publishable' ? visitorOf(c.get('network'), secret) : null,
  };
}

/** Tells visitors apart for a day, and nobody where they are. */
function visitorOf(network: string, secret: string): string | null {
  if (network === 'unknown') return null;
  const day = new Date().toISOString().slice(0, 10);
  return createHmac('sha256', secret).update(`visitor\n${day}\n${network}`).digest('base64url');
}
