/** The lock that lets one call at a time be made in a browser, on a page that is too busy to hear of it in time. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { claimCall } from '../../../sdk/page/claim-call.js';

type Hold = () => Promise<void>;

let held: { name: string }[];
let grant: () => void;

beforeEach(() => {
  vi.useFakeTimers();
  held = [];
  const request = (_: string, { signal }: { signal: AbortSignal }, hold: Hold) =>
    new Promise<void>((resolve, reject) => {
      grant = () => void hold().then(resolve, reject);
      signal.addEventListener('abort', () => reject(new DOMException('gone', 'AbortError')));
    });
  vi.stubGlobal('navigator', { locks: { request, query: () => Promise.resolve({ held }) } });
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

it('is got, however late word of it comes, while nobody holds it', async () => {
  const claimed = claimCall(false, () => {});
  await vi.advanceTimersByTimeAsync(2_000);
  grant();
  expect(await claimed).toBeTypeOf('function');
});

it('is given up after half a second while another page holds it, also one that came first meanwhile', async () => {
  const claimed = claimCall(false, () => {});
  await vi.advanceTimersByTimeAsync(700);
  held = [{ name: 'another' }, { name: 'dialnexa-call' }];
  await vi.advanceTimersByTimeAsync(500);
  expect(await claimed).toBeNull();
});
