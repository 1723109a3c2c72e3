/** The contract has one source, the server's schemas: the document and the types are made of them, and say everything. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { beforeAll, describe, expect, it } from 'vitest';
import { generateContract } from '../../scripts/contract.mjs';
import { root } from '../structure/source-files.js';

interface Schema {
  $ref?: string;
  description?: string;
  properties?: Record<string, Schema>;
  items?: Schema;
  additionalProperties?: Schema | boolean;
  allOf?: Schema[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  type?: string | string[];
  enum?: unknown[];
  minimum?: number;
  maximum?: number;
}
interface Operation {
  requestBody?: unknown;
  parameters?: (Schema & { name: string; in: string })[];
}
interface Document {
  components: { schemas: Record<string, Schema> };
  paths: Record<string, Record<string, Operation>>;
}

let generated: Record<string, string>;
let document: Document;
beforeAll(async () => {
  generated = await generateContract();
  document = JSON.parse(generated['openapi.json'] ?? '') as Document;
}, 60_000);

describe('what is committed', () => {
  it.each(['openapi.json', 'sdk/wire/generated.ts'])(
    'is what the schemas say: %s (npm run contract)',
    (path) => {
      // Not compared by `toBe`: nobody reads the difference of six thousand lines.
      expect(readFileSync(join(root, path), 'utf8') === generated[path]).toBe(true);
    },
  );

  it('is the only place of the wire where a shape is written', () => {
    const doors = readdirSync(join(root, 'sdk/wire')).filter((name) => name !== 'generated.ts');
    expect(doors.length).toBeGreaterThan(5);
    const written = doors.filter((name) => {
      const text = readFileSync(join(root, 'sdk/wire', name), 'utf8');
      return hasShape(ts.createSourceFile(name, text, ts.ScriptTarget.ES2022));
    });
    expect(written).toEqual([]);
  });
});

describe('the document', () => {
  it('describes every schema and every property of it', () => {
    const { schemas } = document.components;
    const bare = Object.entries(schemas).flatMap(([name, schema]) => [
      ...(schema.description ? [] : [name]),
      ...bareProperties(schema, name),
    ]);
    expect(bare).toEqual([]);
    expect(Object.keys(schemas).length).toBeGreaterThan(50);
  });

  it('describes every property of a body that has no name, and every parameter', () => {
    const bare = Object.entries(document.paths).flatMap(([path, operations]) =>
      Object.entries(operations).flatMap(([method, operation]) => {
        const about = `${method} ${path}`;
        const parameters = (operation.parameters ?? [])
          .filter((one) => !one.description)
          .map((one) => `${about}: ${one.in} ${one.name}`);
        return [...parameters, ...bareProperties({ oneOf: schemasIn(operation) }, about)];
      }),
    );
    expect(bare).toEqual([]);
  });

  it('bounds every number that a request may hold, but for values that are passed on as they are', () => {
    const unbounded = new Set<string>();
    for (const [path, operations] of Object.entries(document.paths)) {
      for (const [method, { parameters, requestBody }] of Object.entries(operations)) {
        for (const one of schemasIn({ parameters, requestBody })) {
          for (const name of unboundedIn(one, `${method} ${path}`)) unbounded.add(name);
        }
      }
    }
    expect([...unbounded].sort()).toEqual([
      'AgentJobFunction.answer',
      'ClientReportEvent.detail',
      'VariableValue',
    ]);
  });

  it('lets null be where it may be, and nowhere else', () => {
    const { Call, CallConsent, CallSummary, TurnLatency } = document.components.schemas;
    expect([CallConsent?.type, TurnLatency?.type]).toEqual(['object', 'object']);
    const orNull = (name: string) => [{ $ref: `#/components/schemas/${name}` }, { type: 'null' }];
    expect(Call?.properties?.['consent']?.oneOf).toEqual(orNull('CallConsent'));
    expect(CallSummary?.properties?.['end_reason']?.oneOf).toEqual(orNull('EndReason'));
    expect(CallSummary?.properties?.['status']).toMatchObject({
      $ref: '#/components/schemas/CallStatus',
      description: 'Where the call stands.',
    });
  });
});

/** Numbers without a bound that means anything, by where they stand. */
function unboundedIn(schema: Schema, about: string, within: readonly string[] = []): string[] {
  const name = schema.$ref?.split('/').at(-1);
  if (name !== undefined) {
    const named = document.components.schemas[name];
    return named && !within.includes(name) ? unboundedIn(named, name, [...within, name]) : [];
  }
  const isNumber = [schema.type].flat().some((type) => type === 'number' || type === 'integer');
  const { minimum = -Infinity, maximum = Infinity } = schema;
  const isOpen = isNumber && !schema.enum && !(minimum > -1e15 && maximum < 1e15);
  const { items, additionalProperties: more, allOf = [], anyOf = [], oneOf = [] } = schema;
  const inner = [items, typeof more === 'object' ? more : undefined, ...allOf, ...anyOf, ...oneOf];
  return [
    ...(isOpen ? [about] : []),
    ...Object.entries(schema.properties ?? {}).flatMap(([property, one]) =>
      unboundedIn(one, `${about}.${property}`, within),
    ),
    ...inner.flatMap((one) => (one ? unboundedIn(one, about, within) : [])),
  ];
}

function bareProperties(schema: Schema, about: string): string[] {
  const own = Object.entries(schema.properties ?? {}).flatMap(([name, property]) => [
    ...(property.description ? [] : [`${about}.${name}`]),
    ...bareProperties(property, `${about}.${name}`),
  ]);
  const { items, additionalProperties: more, allOf = [], anyOf = [], oneOf = [] } = schema;
  const inner = [items, typeof more === 'object' ? more : undefined, ...allOf, ...anyOf, ...oneOf];
  return [...own, ...inner.flatMap((one) => (one ? bareProperties(one, about) : []))];
}

/** Wherever in an operation they stand. */
function schemasIn(node: unknown): Schema[] {
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([name, value]) =>
    name === 'schema' ? [value as Schema] : schemasIn(value),
  );
}

function hasShape(node: ts.Node): boolean {
  if (ts.isInterfaceDeclaration(node) || ts.isTypeLiteralNode(node)) return true;
  return ts.forEachChild(node, (child) => hasShape(child) || undefined) ?? false;
}
