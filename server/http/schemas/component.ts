/** Schemas that the contract lists by name: components of the OpenAPI document, and types of the same name. */
import type { z } from '@hono/zod-openapi';

const listed = new Map<string, z.ZodType>();

/** Names a schema. Two of one name are a mistake: throws. */
export function component<T extends z.ZodType>(name: string, description: string, schema: T): T {
  if (listed.has(name)) throw new Error(`two schemas are named ${name}`);
  const named = schema.openapi(name, { description });
  listed.set(name, named);
  return named;
}

/** Every schema that was named so far, by its name. */
export function components(): ReadonlyMap<string, z.ZodType> {
  return listed;
}
