/** Where a call is asked for, in the words of the domain. */
import { createHmac } from 'node:crypto';
import type { Context } from 'hono';
import type { CallMarks, CallSource } from '../../domain/calls/create-web-call.js';
import type { Principal } from '../../domain/keys/principal.js';
import type { HttpEnv } from '../routing/http-env.js';

const DAY_MS = 24 * 3_600_000;

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
    ...(principal.kind === 'publishable' ? marksOf(c, secret) : {}),
  };
}

/** Hashes that tell addresses, and browsers at one address, apart for a day without revealing them. */
function marksOf(c: Context<HttpEnv>, secret: string): Pick<CallSource, 'marks' | 'formerMarks'> {
  const network = c.get('network');
  if (network === 'unknown') return {};
  const browser = c.req.header('user-agent') ?? '';
  const marksAt = (time: number): CallMarks => {
    const day = new Date(time).toISOString().slice(0, 10);
    const hashOf = (text: string): string =>
      createHmac('sha256', secret).update(`${day}\n${text}`).digest('base64url');
    return {
      address: hashOf(`address\n${network}`),
      visitor: hashOf(`visitor\n${network}\n${browser}`),
    };
  };
  return { marks: marksAt(Date.now()), formerMarks: marksAt(Date.now() - DAY_MS) };
}
