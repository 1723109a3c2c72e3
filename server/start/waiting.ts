/** Says what a start still waits for, and why, so that nobody looks at a terminal that says nothing. */
import { setTimeout as wait } from 'node:timers/promises';

const firstMs = 6_000;
const everyMs = 2_000;
const answerMs = 3_000;

/** What is looked at. */
export interface WaitingFor {
  /** The processes that are not ready. */
  awaited: () => string[];
  /** The server's own address; it knows what it lacks. */
  server: string;
  say: (line: string) => void;
  /** Nobody waits any more. */
  signal: AbortSignal;
}

/** Says a line after some seconds, and another one whenever there is something else to say. */
export async function tellWaiting({ awaited, server, say, signal }: WaitingFor): Promise<void> {
  let told = '';
  for (let ms = firstMs; await passed(ms, signal); ms = everyMs) {
    const names = awaited();
    const reasons = await lacking(server);
    if (signal.aborted || names.length === 0) continue;
    const why = reasons.length > 0 ? `: ${reasons.join(' ')}` : ' …';
    const line = `Waiting for the ${names.join(' and the ')}${why}`;
    if (line !== told) say(line);
    told = line;
  }
}

async function passed(ms: number, signal: AbortSignal): Promise<boolean> {
  await wait(ms, undefined, { signal, ref: false }).catch(() => undefined);
  return !signal.aborted;
}

/** The sentences of `/readyz`; none when the server does not answer or lacks nothing. */
async function lacking(server: string): Promise<string[]> {
  try {
    const answer = await fetch(`${server}/readyz`, { signal: AbortSignal.timeout(answerMs) });
    const { checks } = (await answer.json()) as { checks?: Record<string, unknown> };
    return Object.values(checks ?? {}).flatMap(sentenceOf);
  } catch {
    return [];
  }
}

function sentenceOf(check: unknown): string[] {
  if (typeof check !== 'object' || check === null) return [];
  const { ok, needed, detail } = check as Record<string, unknown>;
  return ok === false && needed !== false && typeof detail === 'string' ? [detail] : [];
}
