/** One way to write a route: guard, parse, call one verb, answer; documented by the same description. */
import { HttpError } from '../errors/http-error.js';
import { STATUS_NAME, STATUS_OF } from '../errors/error-table.js';
import { errorBody } from '../schemas/common.js';
import { parseJson } from '../request/parse-json.js';
import { readBody } from '../request/read-body.js';
import { storable } from '../request/storable.js';
import { validate } from '../request/validate.js';
import { z } from '@hono/zod-openapi';
import type { OpenAPIHono, RouteConfig } from '@hono/zod-openapi';
import type { Context } from 'hono';
import type { ErrorCode } from '../../../sdk/wire/error-body.js';
import type { ErrorStatus } from '../errors/error-table.js';
import type { HttpEnv } from './http-env.js';

/** Who may use a route: checks the request, before its body is read, and answers on whose behalf it runs. */
export interface Guard<P> {
  /** Names of OpenAPI security schemes, any of which will do; empty: open. */
  security: readonly string[];
  refusals: readonly ErrorCode[];
  check(c: Context<HttpEnv>): Promise<P>;
}

/** How a JSON body is read. */
export interface BodySpec<B extends z.ZodType> {
  schema: B;
  /** Bytes. Default 64 KiB. */
  limit?: number;
  allowText?: boolean;
  allowEmpty?: boolean;
}

/** A successful answer: its JSON schema, or the media type of something else. */
export interface AnswerSpec {
  description: string;
  schema?: z.ZodType;
  mediaType?: string;
}

/** Everything about a route but its work. */
export interface EndpointSpec<P, B extends z.ZodType, Q extends z.ZodType> {
  method: 'get' | 'post' | 'patch' | 'put' | 'delete';
  /** OpenAPI's form, e.g. `/v1/calls/{call_id}`. */
  path: string;
  tag: string;
  summary: string;
  description?: string;
  guard: Guard<P>;
  /** The body's parts of the path. */
  params?: z.ZodObject;
  /** Default: no field is known. */
  query?: Q;
  /** Whoever asks may add fields for its own sake, as monitors do; nobody reads them. */
  ignoresQuery?: boolean;
  body?: BodySpec<B>;
  /** A body that is not JSON: only for the document, the handler reads it. */
  rawBody?: string;
  /** Documented only: the handler or the guard reads them. */
  headers?: z.ZodObject;
  answers: Record<number, AnswerSpec>;
  refusals?: readonly ErrorCode[];
}

/** What the work of a route is given. */
export interface EndpointRequest<P, B, Q> {
  c: Context<HttpEnv>;
  principal: P;
  body: B;
  query: Q;
  param(name: string): string;
}

/** What any request may be answered, some of it before a route is found. */
const ANYWHERE = [
  'bad_request',
  'request_timeout',
  'headers_too_large',
  'rate_limited',
  'internal_error',
  'database_unavailable',
] as const;

const NO_QUERY = z.strictObject({});

/** Whatever stands in a path of ours: an id or a number. */
const PATH_PART = /^[\w-]{1,100}$/;

/** 64 KiB. */
export const DEFAULT_BODY_LIMIT = 65_536;

/** Registers a route and its documentation. */
export function endpoint<P, B extends z.ZodType = z.ZodType, Q extends z.ZodType = z.ZodType>(
  app: OpenAPIHono<HttpEnv>,
  spec: EndpointSpec<P, B, Q>,
  work: (request: EndpointRequest<P, z.output<B>, z.output<Q>>) => Promise<Response>,
): void {
  app.openAPIRegistry.registerPath(documented(spec));
  app.on(spec.method.toUpperCase(), spec.path.replaceAll(/\{(\w+)\}/g, ':$1'), async (c) => {
    if (!Object.values<string>(c.req.param()).every((part) => PATH_PART.test(part))) {
      throw HttpError.notFound();
    }
    const principal = await spec.guard.check(c);
    const query = spec.ignoresQuery ? undefined : readQuery(c, spec.query ?? NO_QUERY);
    const body = spec.body ? await readJson(c, spec.body) : undefined;
    return work({
      c,
      principal,
      body: body as z.output<B>,
      query: query as z.output<Q>,
      param: (name) => c.req.param(name) ?? '',
    });
  });
}

async function readJson<B extends z.ZodType>(
  c: Context<HttpEnv>,
  spec: BodySpec<B>,
): Promise<z.output<B>> {
  const bytes = await readBody(c.req.raw, spec.limit ?? DEFAULT_BODY_LIMIT);
  const value = parseJson(bytes, c.req.header('content-type') ?? null, spec);
  return validate(spec.schema, value);
}

/** A form sends what was not filled in as empty: that is not there. */
function readQuery<Q extends z.ZodType>(c: Context<HttpEnv>, schema: Q): z.output<Q> {
  const known = schema instanceof z.ZodObject ? schema.shape : {};
  const values: [string, string][] = [];
  const names = new Set<string>();
  for (const [name, given] of new URL(c.req.url).searchParams) {
    if (names.has(name)) throw HttpError.validationFailed([`${name} is given more than once.`]);
    names.add(name);
    const value = given.trim();
    if (value !== '' || !Object.hasOwn(known, name)) values.push([name, value]);
  }
  return validate(schema, storable(Object.fromEntries(values)));
}

function documented<P, B extends z.ZodType, Q extends z.ZodType>(
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
    responses: { ...answersOf(spec.answers), ...refusalsOf(refusals) },
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

function answersOf(answers: Record<number, AnswerSpec>): RouteConfig['responses'] {
  const entries = Object.entries(answers).map(([status, { description, schema, mediaType }]) => {
    if (schema) return [status, { description, content: { 'application/json': { schema } } }];
    if (!mediaType) return [status, { description }];
    const raw = { schema: { type: 'string' as const } };
    return [status, { description, content: { [mediaType]: raw } }];
  });
  return Object.fromEntries(entries) as RouteConfig['responses'];
}

function refusalsOf(codes: readonly ErrorCode[]): RouteConfig['responses'] {
  const byStatus = new Map<ErrorStatus, Set<ErrorCode>>();
  for (const code of codes) {
    const status = STATUS_OF[code];
    byStatus.set(status, (byStatus.get(status) ?? new Set()).add(code));
  }
  const entries = [...byStatus].map(([status, words]) => [
    status,
    {
      description: `${STATUS_NAME[status]}: ${[...words].map((word) => `\`${word}\``).join(', ')}`,
      content: { 'application/json': { schema: errorBody } },
    },
  ]);
  return Object.fromEntries(entries) as RouteConfig['responses'];
}

function operationId(method: string, path: string): string {
  return `${method}${path.replaceAll(/[{}]/g, '').replaceAll(/[/_.-]+(\w)/g, (_, letter: string) => letter.toUpperCase())}`;
}
