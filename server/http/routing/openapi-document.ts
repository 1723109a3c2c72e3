/** The OpenAPI 3.1 document, made from the routes themselves. */
import { MAX_DEPTH, MAX_VALUES } from '../request/json-budget.js';
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
  return app.getOpenAPI31Document({
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
}
