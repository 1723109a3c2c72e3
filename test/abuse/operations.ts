/** The operations that a running server documents, ready to be asked. */
import type { Product } from '../e2e/product.js';

interface Schema {
  type?: string | string[];
  enum?: unknown[];
  properties?: Record<string, Schema>;
  items?: Schema;
  $ref?: string;
}

interface Parameter {
  name: string;
  in: string;
  schema?: Schema;
}

/** One operation of the OpenAPI document. */
export interface Operation {
  method: string;
  path: string;
  /** Whether the document asks for a credential. */
  isGuarded: boolean;
  query: Parameter[];
  body: Schema | null;
}

interface Document {
  paths: Record<
    string,
    Record<
      string,
      {
        security?: Record<string, unknown>[];
        parameters?: Parameter[];
        requestBody?: { content?: Record<string, { schema?: Schema }> };
      }
    >
  >;
  components?: { schemas?: Record<string, Schema> };
}

/** Reads them from `/openapi.json`. */
export async function readOperations(product: Pick<Product, 'url'>): Promise<Operation[]> {
  const document = (await (await fetch(`${product.url}/openapi.json`)).json()) as Document;
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      method: method.toUpperCase(),
      path,
      isGuarded: (operation.security ?? []).length > 0,
      query: (operation.parameters ?? []).filter((one) => one.in === 'query'),
      body: operation.requestBody?.content?.['application/json']?.schema ?? null,
    })),
  );
}

/** The address with its placeholders filled. */
export function fill(path: string, values: Record<string, string>): string {
  return path.replaceAll(/\{(\w+)\}/g, (_, name: string) => percentEncoded(values[name] ?? 'x'));
}

/** Half a character has no percent-encoding; its bytes have. */
export function percentEncoded(value: string): string {
  return value
    .split(/(\p{Surrogate})/u)
    .map((part) => (/^\p{Surrogate}$/u.test(part) ? '%ED%A0%80' : encodeURIComponent(part)))
    .join('');
}
