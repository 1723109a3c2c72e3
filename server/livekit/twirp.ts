/** One request to LiveKit's API, in Twirp's JSON form. */
import { mintAdminToken } from './admin-token.js';
import { httpBase } from './livekit-config.js';
import { LivekitError } from './livekit-error.js';
import type { AdminGrant } from './admin-token.js';
import type { LivekitConfig } from './livekit-config.js';

/** `service` without its package, e.g. `RoomService`. */
export interface TwirpRequest {
  service: 'RoomService' | 'AgentDispatchService';
  method: string;
  body: Record<string, unknown>;
  grant: AdminGrant;
}

/** An answer, also a refusal. */
export interface TwirpAnswer {
  status: number;
  /** LiveKit's clock. */
  date: Date | null;
  body: Record<string, unknown>;
}

/** Answers the response's JSON object, or throws a `LivekitError`. */
export async function callTwirp(
  config: LivekitConfig,
  request: TwirpRequest,
): Promise<Record<string, unknown>> {
  return (await callDatedTwirp(config, request)).body;
}

/** The same, with the time by LiveKit's clock. */
export async function callDatedTwirp(
  config: LivekitConfig,
  request: TwirpRequest,
): Promise<Pick<TwirpAnswer, 'date' | 'body'>> {
  const { status, date, body } = await postTwirp(config, request);
  if (status < 200 || status > 299) {
    const word = typeof body.code === 'string' ? body.code : 'unknown';
    throw LivekitError.refused(request.method, status, word);
  }
  return { date, body };
}

/** The same without a judgement: throws only when nothing that can be read was answered. */
export async function postTwirp(
  config: LivekitConfig,
  request: TwirpRequest,
): Promise<TwirpAnswer> {
  const { service, method, body, grant } = request;
  const token = await mintAdminToken(config, grant);
  let response: Response;
  let text: string;
  try {
    response = await fetch(`${httpBase(config.url)}/twirp/livekit.${service}/${method}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(config.timeoutMs ?? 5_000),
      redirect: 'error',
    });
    text = await response.text();
  } catch (cause) {
    const timedOut = cause instanceof Error && cause.name === 'TimeoutError';
    throw timedOut ? LivekitError.timeout(method, cause) : LivekitError.unreachable(method, cause);
  }
  const answer = readObject(method, text, response.status);
  return { status: response.status, date: readDate(response.headers.get('date')), body: answer };
}

function readDate(text: string | null): Date | null {
  const date = new Date(text ?? Number.NaN);
  return Number.isNaN(date.getTime()) ? null : date;
}

function readObject(method: string, text: string, status: number): Record<string, unknown> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (cause) {
    // Old servers and proxies answer a bare sentence with the status.
    if (status >= 400) return {};
    throw LivekitError.badAnswer(method, cause);
  }
  if (parsed === null || typeof parsed !== 'object' || Array.isArray(parsed)) {
    throw LivekitError.badAnswer(method);
  }
  return parsed as Record<string, unknown>;
}
