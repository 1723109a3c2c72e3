/** The OpenAPI 3.1 document, made from the routes themselves. */
import { MAX_DEPTH, MAX_VALUES } from '../request/json-budget.js';
import { components } from '../schemas/component.js';
import { IN_CALL_MESSAGES } from '../schemas/in-call.js';
import type { OpenAPIHono } from '@hono/zod-openapi';
import type { HttpEnv } from './http-env.js';

type Document = ReturnType<OpenAPIHono<HttpEnv>['getOpenAPI31Document']>;

const bearer = (description: string) => ({ type: 'http' as const, scheme: 'bearer', description });

/** Builds the document for a server seen at `publicUrl`. */
export function openapiDocument(app: OpenAPIHono<HttpEnv>, publicUrl: string): Document {
  const registry = app.openAPIRegistry;
  const schemes = {
    publishableKey: bearer('`dnx_pk_…`: starts calls, and only from its origins.'),
    secretKey: bearer('`dnx_sk_…`: for backends; refused when a browser sends it.'),
    callToken: bearer(
      "The call's own token: ends this call, or reads how it ended, and nothing else.",
    ),
    livekitToken: bearer("The token that LiveKit gave an agent's worker for the call's room."),
    jobToken: bearer('The token that claiming the job answered.'),
    livekitWebhook: {
      type: 'apiKey' as const,
      in: 'header' as const,
      name: 'authorization',
      description: 'A token signed by LiveKit with the hash of the body; no `Bearer` before it.',
    },
  };
  for (const [name, scheme] of Object.entries(schemes)) {
    registry.registerComponent('securitySchemes', name, scheme);
  }
  // Before the routes, so that none is made out of its first use, where it may be null.
  for (const [name, schema] of [...components(), ...Object.entries(IN_CALL_MESSAGES)]) {
    registry.register(name, schema);
  }
  const document = app.getOpenAPI31Document({
    openapi: '3.1.0',
    info: {
      title: 'DialNexa web calls',
      version: '1',
      description:
        'Start, read and end web calls to voice agents. Errors are `{statusCode, error, message, code}`; `code` is stable. ' +
        `A JSON body holds at most ${MAX_VALUES} values, ${MAX_DEPTH} levels deep, and no member named ` +
        '`__proto__`, `constructor` or `prototype`.',
      license: {
        name: 'Apache-2.0',
        url: 'https://www.apache.org/licenses/LICENSE-2.0',
      },
    },
    servers: [{ url: publicUrl }],
  });
  return plainRefs(document) as Document;
}

/**
 * A component that is described where it is used comes as `allOf` with its description, and with `type: null` beside it
 * where it may be null, which nothing can satisfy. In 3.1 a description may stand beside `$ref`.
 */
function plainRefs(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(plainRefs);
  if (typeof node !== 'object' || node === null) return node;
  const { allOf, ...rest } = node as { allOf?: Record<string, unknown>[] };
  const [ref, use] = allOf ?? [];
  if (allOf?.length === 2 && ref?.['$ref'] && use && !use['properties']) {
    const { type, ...about } = use;
    const isNullable = Array.isArray(type) && type.includes('null');
    return { ...rest, ...about, ...(isNullable ? { oneOf: [ref, { type: 'null' }] } : ref) };
  }
  return Object.fromEntries(Object.entries(node).map(([name, value]) => [name, plainRefs(value)]));
}
