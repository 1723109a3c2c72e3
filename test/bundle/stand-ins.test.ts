/** Holds that what the media chunk has in place of libraries does what LiveKit's client asks of these. */
import { EventEmitter } from 'events';
import { createFsm } from 'machina';
import { describe, expect, it } from 'vitest';
import { randomOf } from '../support/random-of.js';

interface Emitter {
  on(name: string, listener: (...values: unknown[]) => void): unknown;
  once(name: string, listener: (...values: unknown[]) => void): unknown;
  off(name: string, listener: (...values: unknown[]) => void): unknown;
  emit(name: string, ...values: unknown[]): boolean;
  listenerCount(name: string): number;
  removeAllListeners(): unknown;
}

interface Machine {
  handle(input: string, ...args: unknown[]): void;
  currentState(): string;
}

const standIns = new URL('../../scripts/bundle/stand-ins/', import.meta.url);
const load = async <T>(file: string): Promise<T> =>
  (await import(new URL(file, standIns).href)) as T;

/** What listeners heard while they were added, removed and called in some order, also by each other. */
function heard(emitter: Emitter, seed: number): string[] {
  const next = randomOf(seed);
  const log: string[] = [];
  const names = ['a', 'b', 'c'];
  const listeners = [0, 1, 2, 3].map((index) => (...values: unknown[]) => {
    log.push(`${index}(${values.join()})`);
    if (index === 1) emitter.off('a', listeners[0] as () => void);
    if (index === 2 && log.length % 5 === 0) emitter.once('b', listeners[3] as () => void);
    if (index === 3 && values.length > 1) emitter.emit('c', 'again');
  });
  for (let step = 0; step < 200 && log.length < 500; step++) {
    const name = names[next(3)] as string;
    const listener = listeners[next(4)] as () => void;
    const act = next(7);
    if (act < 2) emitter.on(name, listener);
    else if (act === 2) emitter.once(name, listener);
    else if (act === 3) emitter.off(name, listener);
    else if (act === 4 && step % 50 === 0) emitter.removeAllListeners();
    else log.push(String(emitter.emit(name, step, name)));
    log.push(String(emitter.listenerCount(name)));
  }
  return log;
}

describe('the stand-in for events', () => {
  it('calls the same listeners in the same order', async () => {
    const { EventEmitter: StandIn } = await load<{ EventEmitter: new () => Emitter }>('events.mjs');
    for (let seed = 1; seed <= 100; seed++) {
      const real = new EventEmitter();
      real.setMaxListeners(0);
      expect(heard(new StandIn(), seed)).toEqual(heard(real, seed));
    }
  });
});

describe('the stand-in for machina', () => {
  it('is in the same state after any inputs', async () => {
    const standIn = await load<{ createFsm: typeof createFsm }>('machina.mjs');
    const config = () => ({
      id: 'some',
      initialState: 'idle' as const,
      context: { count: 0 },
      states: {
        idle: { go: 'busy' as const, stop: 'idle' as const },
        busy: {
          go: ({ ctx }: { ctx: { count: number } }, by: unknown) => {
            ctx.count += Number(by);
            return ctx.count % 3 === 0 ? ('over' as const) : undefined;
          },
          stop: () => 'idle' as const,
        },
        over: { again: 'idle' as const },
      },
    });
    const path = (make: typeof createFsm, seed: number): string[] => {
      const next = randomOf(seed);
      const machine = make(config()) as unknown as Machine & { context: { count: number } };
      return Array.from({ length: 100 }, () => {
        machine.handle(['go', 'stop', 'again'][next(3)] as string, next(4));
        return `${machine.currentState()} ${machine.context.count}`;
      });
    };
    for (let seed = 1; seed <= 20; seed++) {
      expect(path(standIn.createFsm, seed)).toEqual(path(createFsm, seed));
    }
  });
});
