/** What the OpenAPI document says of a route: the same description that makes it work. */
import { z } from '@hono/zod-openapi';
import { STATUS_NAME, STATUS_OF } from '../errors/error-table.js';
import { errorBody } from '../schemas/common.js';
import type { RouteConfig } from '@hono/zod-openapi';
import type { ErrorCode } from '../../../sdk/wire/error-body.js';
import type { AnswerSpecs, EndpointSpec } from './endpoint.js';
import type { ErrorStatus } from '../errors/error-table.js';

/** What any request may be answered, some of it before a route is found. */
const ANYWHERE = [
  'bad_request',
  'request_timeout',
  'headers_too_large',
  'rate_limited',
  'internal_error',
  'database_unavailable',
] as const;

const TEXT = { schema: { type: 'string' } } as const;

/** The route as the document has it. */
export function documented<P, B extends z.ZodType, Q extends z.ZodType>(
  spec: EndpointSpec<P, B, Q>,
): RouteConfig {
  const common: ErrorCode[] = [...ANYWHERE];
  if (spec.body) common.push('invalid_json', 'body_too_large', 'unsupported_media_type');
  if (spec.body || !spec.ignoresQuery) common.push('validation_failed');
  if (spec.path.includes('{')) common.push('not_found');
  const refusals = [...spec.guard.refusals, ...(spec.refusals ?? []), ...common];
  return {
    method: spec.method,
    path: spec.path,
    tags: [spec.tag],
    summary: spec.summary,
    ...(spec.description ? { description: spec.description } : {}),
    operationId: operationId(spec.method, spec.path),
    security: spec.guard.security.map((name) => ({ [name]: [] })),
    request: {
      ...(spec.params ? { params: spec.params } : {}),
      ...(spec.query ? { query: spec.query as unknown as z.ZodObject } : {}),
      ...(spec.headers ? { headers: spec.headers } : {}),
      ...requestBody(spec),
    },
    responses: responsesOf(spec.answers, refusals),
  };
}

function requestBody<P, B extends z.ZodType, Q extends z.ZodType>(
  spec: EndpointSpec<P, B, Q>,
): Pick<NonNullable<RouteConfig['request']>, 'body'> {
  if (spec.rawBody) {
    const schema = { type: 'string', format: 'binary' } as const;
    return { body: { required: true, content: { [spec.rawBody]: { schema } } } };
  }
  if (!spec.body) return {};
  const content = { 'application/json': { schema: spec.body.schema } };
  return { body: { required: !spec.body.allowEmpty, content } };
}

function responsesOf(
  answers: AnswerSpecs,
  refusals: readonly ErrorCode[],
): RouteConfig['responses'] {
  const responses: RouteConfig['responses'] = {};
  for (const [status, { description, schema, mediaType, orAs = [] }] of Object.entries(answers)) {
    responses[status] = { description };
    const texts = [...(mediaType ? [mediaType] : []), ...orAs].map((name) => [name, TEXT] as const);
    const json = schema ? { 'application/json': { schema } } : {};
    if (schema || texts.length > 0) {
      responses[status].content = { ...json, ...Object.fromEntries(texts) };
    }
  }
  for (const [status, codes] of Object.entries(byStatus(refusals))) {
    const words = codes.map((code) => `\`${code}\``).join(', ');
    const refused = `${STATUS_NAME[Number(status) as ErrorStatus]}: ${words}`;
    const { description, schema } = answers[Number(status)] ?? {};
    responses[status] = {
      description: description ? `${description}. ${refused}` : refused,
      content: {
        'application/json': { schema: schema ? z.union([schema, errorBody]) : errorBody },
      },
    };
  }
  return responses;
}

function byStatus(codes: readonly ErrorCode[]): Record<string, ErrorCode[]> {
  const found: Record<string, ErrorCode[]> = {};
  for (const code of new Set(codes)) (found[STATUS_OF[code]] ??= []).push(code);
  return found;
}

function operationId(method: string, path: string): string {
  return `${method}${path.replaceAll(/[{}]/g, '').replaceAll(/[/_.-]+(\w)/g, (_, letter: string) => letter.toUpperCase())}`;
}
