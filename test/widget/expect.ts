/** The few words of expectation that these tests need, in the browser. */

type Block = () => void | Promise<void>;
interface Mocha {
  describe(title: string, block: () => void): void;
  it(title: string, block: Block): void;
  beforeEach(block: Block): void;
  afterEach(block: Block): void;
}

export const { describe, it, beforeEach, afterEach } = globalThis as unknown as Mocha;

interface Expectation<T> {
  toBe(wanted: T): void;
  toEqual(wanted: unknown): void;
  toContain(wanted: string): void;
  not: { toBe(wanted: unknown): void; toContain(wanted: string): void };
}

/** Fails with both values in the message. */
export function expect<T>(value: T): Expectation<T> {
  const contains = (wanted: string): boolean => String(value).includes(wanted);
  return {
    toBe: (wanted) => check(Object.is(value, wanted), value, 'to be', wanted),
    toEqual: (wanted) => check(show(value) === show(wanted), value, 'to equal', wanted),
    toContain: (wanted) => check(contains(wanted), value, 'to contain', wanted),
    not: {
      toBe: (wanted) => check(!Object.is(value, wanted), value, 'not to be', wanted),
      toContain: (wanted) => check(!contains(wanted), value, 'not to contain', wanted),
    },
  };
}

function check(right: boolean, value: unknown, verb: string, wanted: unknown): void {
  if (!right) throw new Error(`expected ${show(value)} ${verb} ${show(wanted)}`);
}

function show(value: unknown): string {
  if (value instanceof Node) return value.nodeName;
  return JSON.stringify(value, null, 1) ?? String(value);
}
