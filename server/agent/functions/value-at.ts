/** One value of an answer. */
import type { VariableValue } from '../../../sdk/wire/web-call.js';

/** A member, or a place in a list. */
const STEP = /[\w-]+/g;

/**
 * The value at a path such as `order.items[0].id` or `$.order`; the empty path is all of it. Lists and objects become JSON.
 * `undefined`: there is none, or it is null, or the answer is no JSON.
 */
export function valueAt(answer: string, path: string): VariableValue | undefined {
  const steps = path.replace(/^\$/, '').match(STEP) ?? [];
  let value: unknown;
  try {
    value = JSON.parse(answer) as unknown;
  } catch {
    return steps.length === 0 && answer !== '' ? answer : undefined;
  }
  for (const step of steps) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step))
      return undefined;
    value = (value as Record<string, unknown>)[step];
  }
  if (value === null || value === undefined) return undefined;
  if (typeof value === 'object') return JSON.stringify(value);
  return value as VariableValue;
}
