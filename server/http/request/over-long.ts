/** Lengths before contents: what is too long is told by its length, and nothing in it is looked at. */
import { MAX_SENTENCES } from '../errors/answer-error.js';
import type { z } from '@hono/zod-openapi';

type Schema = z.core.$ZodType;
type Path = readonly PropertyKey[];

/** What is too long, and where. */
export interface OverLong {
  path: Path;
  message: string;
}

/** The parts of zod's definitions that lead to other schemas. */
interface Definition {
  type: string;
  checks?: z.core.$ZodCheck<never>[];
  innerType?: Schema;
  in?: Schema;
  element?: Schema;
  valueType?: Schema;
  shape?: Record<string, Schema>;
  options?: Schema[];
  discriminator?: string;
}

/**
 * Finds the texts, lists and records that hold more than their schema lets them: zod itself looks at every
 * element, and runs every other check, before or after it has found that. A union without a discriminator
 * is left to it.
 */
export function overLong(schema: Schema, value: unknown): OverLong[] {
  const found: OverLong[] = [];
  look(schema, value, [], found);
  return found;
}

function look(schema: Schema, value: unknown, path: Path, found: OverLong[]): void {
  if (found.length >= MAX_SENTENCES) return;
  // What wraps or refines a schema leads to it.
  const definition = schema._zod.def as Definition;
  const inner = definition.innerType ?? definition.in;
  if (inner) {
    look(inner, value, path, found);
    return;
  }
  const message = faultOf(definition, schema._zod.bag.maximum, value);
  if (message) found.push({ path, message });
  else
    for (const [name, part] of partsOf(definition, value))
      look(part, at(value, name), [...path, name], found);
}

function faultOf({ type, checks = [] }: Definition, most: unknown, value: unknown): string | null {
  if (typeof most !== 'number') return null;
  // What is trimmed is measured afterwards.
  if (checks.some((check) => check._zod.def.check === 'overwrite')) return null;
  if (type === 'string' && typeof value === 'string') {
    // A character takes at most two units.
    const isOver = value.length > most && (value.length > 2 * most || [...value].length > most);
    return isOver ? `Too big: expected string to have <=${most} characters` : null;
  }
  if (type === 'array' && Array.isArray(value)) {
    return value.length > most ? `Too big: expected array to have <=${most} items` : null;
  }
  if (type === 'record' && isObject(value)) {
    return Object.keys(value).length > most ? `may hold at most ${most} keys` : null;
  }
  return null;
}

function partsOf(definition: Definition, value: unknown): [PropertyKey, Schema][] {
  const { element, valueType, shape } = definition;
  if (element && Array.isArray(value)) return value.map((_, index) => [index, element]);
  if (!isObject(value)) return [];
  if (valueType) return Object.keys(value).map((key) => [key, valueType]);
  const members = shape ?? shapeOf(definition, value);
  return Object.entries(members).filter(([key]) => Object.hasOwn(value, key));
}

/** The members of the option that the discriminator chooses. */
function shapeOf(
  { options = [], discriminator = '' }: Definition,
  value: Record<string, unknown>,
): Record<string, Schema> {
  const kind = value[discriminator] as z.core.util.Primitive;
  const option = options.find((one) => one._zod.propValues?.[discriminator]?.has(kind));
  return (option?._zod.def as Definition | undefined)?.shape ?? {};
}

function at(value: unknown, name: PropertyKey): unknown {
  return (value as Record<PropertyKey, unknown>)[name];
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
