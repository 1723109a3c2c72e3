/** The background loop: goes on after errors, stops when told. */
import { describe, expect, it } from 'vitest';
import { runLoop } from '../../server/workers/run-loop.js';

describe('runLoop', () => {
  it('goes on after a failure, logs it, and stops at once', async () => {
    const stop = new AbortController();
    const logged: unknown[] = [];
    let runs = 0;
    const done = runLoop(
      {
        name: 'test',
        intervalMs: 1,
        run: () => {
          runs += 1;
          if (runs === 1) return Promise.reject(new Error('once'));
          if (runs === 3) stop.abort();
          return Promise.resolve();
        },
      },
      stop.signal,
      { error: (fields) => logged.push(fields) },
    );
    await done;
    expect(runs).toBe(3);
    expect(logged).toHaveLength(1);
  });

  it('says less and less about a fault that lasts', async () => {
    const stop = new AbortController();
    const logged: unknown[] = [];
    let runs = 0;
    const run = () => {
      runs += 1;
      if (runs === 20) stop.abort();
      return Promise.reject(new Error('always'));
    };
    await runLoop({ name: 'test', intervalMs: 0, run }, stop.signal, {
      error: (fields) => logged.push(fields),
    });
    expect(logged).toHaveLength(5);
  });
});
