/** What the record is told of functions: nothing that the server refuses, and no value of a header. */
import { expect, it } from 'vitest';
import { secretsOf, tellableJson } from '../../../server/agent/report/tellable-json.js';

it('leaves out the values of headers, wherever an endpoint repeats them', () => {
  const secrets = secretsOf({
    authorization: 'Bearer hunter2hunter2',
    'X-Shop': 'wheel-and-spoke',
    accept: 'application/json',
    'X-N': '42',
  });
  const answer =
    '{"headers":{"a":"Bearer hunter2hunter2"},"text":"hunter2hunter2, wheel-and-spoke"}';
  expect(tellableJson(answer, secrets)).toEqual({
    headers: { a: '[redacted]' },
    text: '[redacted], [redacted]',
  });
  const harmless = { type: 'application/json', n: '42' };
  expect(tellableJson(harmless, secrets)).toEqual(harmless);
});

it('tells what a text of JSON says, a text as it is, and nothing of nothing', () => {
  expect(tellableJson('[1, {"a": null}]', [])).toEqual([1, { a: null }]);
  expect(tellableJson('[not JSON', [])).toBe('[not JSON');
  expect([tellableJson(undefined, []), tellableJson(null, [])]).toEqual([undefined, undefined]);
});

it('makes of what no server takes something that it does', () => {
  const deep = JSON.parse('['.repeat(100) + ']'.repeat(100)) as unknown;
  expect(JSON.stringify(tellableJson(deep, []))).toMatch(/^\[{20}"\[left out[^"]*"\]{20}$/);
  const hostile = JSON.parse('{"__proto__":1,"constructor":2,"a":"b\\u0000\\ud800"}') as unknown;
  expect(tellableJson(hostile, [])).toEqual({ a: 'b\uFFFD\uFFFD' });
  expect(tellableJson('x'.repeat(20_000), [])).toEqual({
    left_out: '20002 characters',
    begins: `"${'x'.repeat(999)}`,
  });
});
