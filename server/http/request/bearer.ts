/** The credential of a request. */
import type { Context } from 'hono';
import type { HttpEnv } from '../routing/http-env.js';

/** Answers what stands after `Bearer `, or `null`. */
export function bearerOf(c: Context<HttpEnv>): string | null {
  const match = /^Bearer +([\x21-\x7e]{1,8000})$/i.exec(c.req.header('authorization') ?? '');
  return match?.[1] ?? null;
}

/** Whether it is a key of ours, and not the token of a call or a job. */
export function isApiKey(bearer: string): boolean {
  return /^dnx_[ps]k_/.test(bearer);
}
