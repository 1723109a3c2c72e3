/** Requests that a generator makes of the OpenAPI document: half of each is what it asks for, half is not. */
import { randomOf } from '../support/random-of.js';
import { fill, percentEncoded } from './operations.js';
import type { Operation } from './operations.js';

/** One request to send. */
export interface Generated {
  method: string;
  path: string;
  body: string | null;
}

const ODD_VALUES: unknown[] = [
  '',
  ' ',
  '0',
  '-1',
  '1e309',
  'null',
  "' or 1=1 --",
  '%00',
  '\u0000',
  '\ud800',
  '😀'.repeat(50),
  '../../etc/passwd',
  '{{name}}',
  '${7*7}',
  '<script>alert(1)</script>',
  'a'.repeat(3_000),
  '2026-13-45T99:99:99Z',
  '+010000-01-01T00:00:00Z',
  '__proto__',
  -0,
  1e21,
  Number.MAX_SAFE_INTEGER,
  null,
  true,
  [],
  {},
  [[[[[]]]]],
  { __proto__x: 1 },
];

/** `count` requests to the operations, the same ones for the same seed. */
export function* generatedRequests(
  operations: readonly Operation[],
  ids: Record<string, string>,
  { seed, count }: { seed: number; count: number },
): Generator<Generated> {
  const random = randomOf(seed);
  const odd = (): unknown => ODD_VALUES[random(ODD_VALUES.length)];
  for (let made = 0; made < count; made += 1) {
    const operation = operations[made % operations.length];
    if (!operation) return;
    const values = Object.fromEntries(
      Object.entries(ids).map(([name, id]) => [name, random(4) === 0 ? text(odd()) : id]),
    );
    const query = operation.query
      .filter(() => random(2) === 0)
      .map(({ name, schema }) => {
        const allowed = schema?.enum ?? [];
        const value =
          random(2) === 0 && allowed.length > 0 ? allowed[random(allowed.length)] : odd();
        return `${name}=${percentEncoded(text(value))}`;
      });
    const path = fill(operation.path, values) + (query.length > 0 ? `?${query.join('&')}` : '');
    yield { method: operation.method, path, body: bodyOf(operation, odd, random) };
  }
}

function bodyOf(
  { method, body }: Operation,
  odd: () => unknown,
  random: (below: number) => number,
): string | null {
  if (method === 'GET' || method === 'HEAD') return null;
  if (random(8) === 0) return ['{', '[]', 'null', '"x"', '{"a":1}'.repeat(2)][random(5)] ?? '';
  const names = Object.keys(body?.properties ?? {});
  const members = names.filter(() => random(2) === 0).map((name) => [name, odd()] as const);
  if (random(6) === 0) members.push(['nobody_asked', odd()]);
  return JSON.stringify(Object.fromEntries(members));
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}
