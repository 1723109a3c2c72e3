/** A call that is up in a page of its own, and its record once it is closed. */
import type { Browser, Page } from 'playwright-core';
import { expect, onTestFinished } from 'vitest';
import type { Call } from '../../sdk/wire/call.js';
import { waitFor } from '../support/wait-for.js';
import { openPage } from './browser.js';
import { pageCall, type PageCall } from './page-call.js';
import type { Product } from './product.js';

/** A call that the agent has answered. */
export interface LiveCall {
  page: Page;
  call: PageCall;
  id: string;
}

/** Opens a page, starts a call, and waits until page and record say that it is answered. */
export async function liveCall(product: Product, browser: Browser): Promise<LiveCall> {
  const page = await openPage(browser, product.url, true);
  // Its sound goes on as long as it is open, and takes its share of the machine.
  onTestFinished(() => page.close().catch(() => undefined));
  const call = await pageCall(page, product);
  expect(await call.start()).toEqual({ refusal: null });
  const state = await waitFor(
    async () => {
      const now = await call.state();
      if (now.status === 'ended' || now.status === 'failed') {
        throw new Error(`${JSON.stringify(now)}\n${product.output().slice(-3_000)}`);
      }
      return now.status === 'active' ? now : null;
    },
    { timeoutMs: 20_000, what: 'an active call' },
  );
  await waitFor(async () => (await product.call(state.callId)).status === 'received');
  return { call, id: state.callId, page };
}

/** The record once it has an end. */
export function closedRecord(product: Product, id: string, timeoutMs?: number): Promise<Call> {
  return recordOnce(product, id, (record) => record.ended_at !== null, timeoutMs);
}

/** How much of a recording's end may be missing, in ms. */
export const LOST_MS = 1_000;

/** The closed record once its whole recording can be had: its last chunks may come after it is available. */
export function recordedCall(
  product: Product,
  id: string,
  timeoutMs?: number,
  lostMs = LOST_MS,
): Promise<Call> {
  const isRecorded = (record: Call): boolean =>
    record.ended_at !== null &&
    record.recording.status === 'available' &&
    missingMs(record) < lostMs;
  return recordOnce(product, id, isRecorded, timeoutMs);
}

/** How much of the recording's end is missing, in ms; of one that lasts so long. */
export function missingMs(
  { duration_ms: duration, recording }: Call,
  recordedMs = recording.duration_ms ?? 0,
): number {
  return (duration ?? 0) - recordedMs - (recording.offset_ms ?? 0);
}

async function recordOnce(
  product: Product,
  id: string,
  isComplete: (record: Call) => boolean,
  timeoutMs = 15_000,
): Promise<Call> {
  const complete = await waitFor(
    async () => {
      const record = await product.call(id);
      if (isComplete(record)) return record;
      const { ended_at, duration_ms, recording } = record;
      throw new Error(JSON.stringify({ ended_at, duration_ms, recording }));
    },
    { timeoutMs, what: 'the closed record' },
  );
  expect(outside(complete)).toEqual([]);
  return complete;
}

/** What a record holds that is not of its call. */
function outside({ duration_ms: end, transcript, recording }: Call): unknown[] {
  if (end === null) return [];
  const turns = transcript.filter((turn) => turn.start_ms > turn.end_ms || turn.end_ms > end);
  const recordedMs = (recording.offset_ms ?? 0) + (recording.duration_ms ?? 0);
  return [...turns, ...(recordedMs > end + 1 ? [{ ...recording, end }] : [])];
}
