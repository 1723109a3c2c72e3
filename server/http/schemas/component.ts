/** Named schemas: each is a component of the OpenAPI document and a type of the same name in `sdk/wire/generated.ts`. */
import type { z } from '@hono/zod-openapi';

const listed = new Map<string, z.ZodType>();

/** Names a schema and describes it. Throws when the name is taken. */
export function component<T extends z.ZodType>(name: string, description: string, schema: T): T {
  if (listed.has(name)) throw new Error(`two schemas are named ${name}`);
  const named = schema.openapi(name, { description });
  listed.set(name, named);
  return named;
}

/** Every named schema of the modules that are loaded so far, by name. */
export function components(): ReadonlyMap<string, z.ZodType> {
  return listed;
}
