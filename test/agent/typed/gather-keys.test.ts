/** Which keys are one input, by the settings of the version. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { gatherKeys } from '../../../server/agent/typed/gather-keys.js';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Presses each key after so many milliseconds, and then none. */
function pressed(
  settings: ReturnType<Parameters<typeof gatherKeys>[0]>,
  ...keys: [key: string, afterMs: number][]
): string[] {
  const inputs: string[] = [];
  const input = gatherKeys(
    () => settings,
    (one) => inputs.push(one),
  );
  for (const [key, afterMs] of keys) {
    vi.advanceTimersByTime(afterMs);
    input.press(key);
  }
  vi.advanceTimersByTime(60_000);
  return inputs;
}

const quick = (text: string): [string, number][] => [...text].map((key) => [key, 1]);

it('are those that follow each other within the time', () => {
  expect(pressed({}, ['1', 0], ['2', 1_900], ['3', 2_100])).toEqual(['12', '3']);
  expect(pressed({ keypad_timeout_sec: 5 }, ['1', 0], ['2', 4_900])).toEqual(['12']);
});

it('end soon with the last key, but not in the middle of what is sent in one go', () => {
  expect(pressed({}, ...quick('12#'), ['3', 200])).toEqual(['12#', '3']);
  expect(pressed({}, ...quick('1#2'))).toEqual(['1#2']);
  expect(pressed({ termination_key: null }, ...quick('12#'), ['3', 200])).toEqual(['12#3']);
});

it('are no more than the version wants, and none where it wants none', () => {
  expect(pressed({ digit_limit: 1 }, ...quick('123'))).toEqual(['1', '2', '3']);
  expect(pressed({}, ...quick('9'.repeat(60)))).toEqual(['9'.repeat(50), '9'.repeat(10)]);
  expect(pressed({ listen_for_keypad: false }, ...quick('123'))).toEqual([]);
});

it('are keys of a phone, whatever a program sends', () => {
  expect(pressed({}, ['1', 0], ['obey', 1], ['', 1], ['é', 1], ['D', 1])).toEqual(['1D']);
});

it('are an input as soon as something else follows them', () => {
  const inputs: string[] = [];
  const input = gatherKeys(
    () => ({}),
    // What is made of an input may itself be followed by something.
    (one) => (inputs.push(one), input.finish()),
  );
  for (const [key] of quick('12#')) input.press(key);
  input.finish();
  expect(inputs).toEqual(['12#']);
  input.press('3');
  vi.advanceTimersByTime(60_000);
  expect(inputs).toEqual(['12#', '3']);
});

it('are not told after the call', () => {
  const inputs: string[] = [];
  const input = gatherKeys(
    () => ({}),
    (one) => inputs.push(one),
  );
  input.press('1');
  input.stop();
  vi.advanceTimersByTime(60_000);
  expect(inputs).toEqual([]);
});
