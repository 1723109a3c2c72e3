/** Holds every answer that a test sees against what its route declares. */
import { isDeepStrictEqual } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { errorBody } from '../../server/http/schemas/common.js';
import type { z } from '@hono/zod-openapi';
import type { createApp } from '../../server/http/create-app.js';

type App = ReturnType<typeof createApp>;

/** As `endpoint` declares it. */
interface Declared {
  description: string;
  content?: Record<string, { schema: unknown }>;
}

/** Throws when an answer has a status, a code or a member that the document does not name, or lacks one that it does. */
export function answerChecker(app: App): (request: Request, answer: Response) => Promise<void> {
  const routes = app.openAPIRegistry.definitions.flatMap((one) =>
    one.type === 'route' ? [{ ...one.route, pattern: patternOf(one.route.path) }] : [],
  );
  return async (request, answer) => {
    const { method } = request;
    const path = app.getPath(request);
    const isJson = answer.headers.get('content-type')?.startsWith('application/json') ?? false;
    const route = routes.find(
      (one) => one.method === method.toLowerCase() && one.pattern.test(path),
    );
    const about = `${method} ${path} answers ${answer.status}`;
    const declared = route?.responses[answer.status] as Declared | undefined;
    if (route && !declared) throw new Error(`${about}, which its documentation does not name`);
    const mediaType = answer.headers.get('content-type')?.split(';')[0] ?? '';
    const schema = declared ? schemaOf(declared, mediaType) : errorBody;
    if (!route && (answer.status < 400 || !isJson || method === 'HEAD')) return;
    if (isJson !== Boolean(schema)) {
      throw new Error(`${about} with${isJson ? '' : 'out'} JSON, unlike its documentation`);
    }
    if (!schema) return;
    const body = matching(schema, await jsonOf(answer), about);
    const code = answer.status >= 400 && (body as { code?: string }).code;
    if (declared && code && !declared.description.includes(`\`${code}\``)) {
      throw new Error(`${about} with ${code}, which its documentation does not name`);
    }
  };
}

/** A member that the schema lacks is as wrong as one that it misses: parsing leaves it out. */
function matching(schema: z.ZodType, json: unknown, about: string): unknown {
  const read = schema.safeParse(json);
  if (!read.success) {
    const faults = read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
    throw new Error(`${about} with a body that its schema refuses: ${faults.join('; ')}`);
  }
  if (!isDeepStrictEqual(read.data, json)) {
    throw new Error(`${about} with what its schema does not name: ${JSON.stringify(json)}`);
  }
  return json;
}

function schemaOf({ content }: Declared, mediaType: string): z.ZodType | null {
  if (mediaType !== 'application/json' && content?.[mediaType]) return null;
  return (content?.['application/json']?.schema as z.ZodType | undefined) ?? null;
}

async function jsonOf(answer: Response): Promise<unknown> {
  const bytes = Buffer.from(await answer.clone().arrayBuffer());
  const isSmall = answer.headers.get('content-encoding') === 'gzip';
  return JSON.parse((isSmall ? gunzipSync(bytes) : bytes).toString('utf8'));
}

/** Which paths a path of the document, e.g. `/v1/calls/{call_id}`, stands for. */
export function patternOf(path: string): RegExp {
  return new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`);
}
