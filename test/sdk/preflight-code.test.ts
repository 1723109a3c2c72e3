/** A trial before a call whose code does not come. */
import { afterEach, expect, it, vi } from 'vitest';
import { runPreflight } from '../../sdk/index.js';
import { failure } from '../support/failure.js';
import { SdkWorld } from '../support/sdk-world.js';

vi.mock('../../sdk/preflight/try-call.js', () => {
  throw new Error('no such file');
});
afterEach(() => vi.unstubAllGlobals());

it.each([
  [true, 'media_code_failed'],
  [false, 'offline'],
])('says why, and leaves nothing; online: %s', async (onLine, code) => {
  vi.stubGlobal('navigator', { onLine });
  const world = new SdkWorld();
  const options = { apiKey: 'dnx_pk_test', serverUrl: 'https://calls.example' };
  expect(await failure(runPreflight(options, world.ports))).toMatchObject({ code });
  expect(world.leftovers()).toEqual([]);
});
