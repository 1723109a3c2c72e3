/** One way to write a route: guard, parse, call one verb, answer; documented by the same description. */
import { HttpError } from '../errors/http-error.js';
import { documented } from './document-endpoint.js';
import { parseJson } from '../request/parse-json.js';
import { readBody } from '../request/read-body.js';
import { storable } from '../request/storable.js';
import { validate } from '../request/validate.js';
import { z } from '@hono/zod-openapi';
import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { ErrorCode } from '../../../sdk/wire/error-body.js';
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
  /** See `StorableOptions`. */
  mendsHalves?: boolean;
}

/** An answer that is no refusal: its JSON schema, or the media type of something else, or nothing but its status. */
export interface AnswerSpec {
  description: string;
  schema?: z.ZodType;
  mediaType?: string;
  /** Media types of other forms of what the schema says, which are answered as text. */
  orAs?: readonly string[];
}

/** By status. */
export type AnswerSpecs = Readonly<Record<number, AnswerSpec>>;

/** What the body of an answer is made of. */
type BodyOf<S extends AnswerSpec> = S extends { schema: infer T extends z.ZodType }
  ? z.output<T> | (S extends { orAs: readonly string[] } ? string : never)
  : S extends { mediaType: string }
    ? string | ReadableStream<Uint8Array> | null
    : null;

/** One of several declared answers. */
type Reply<A extends AnswerSpecs> = {
  [S in keyof A & number]: { status: S; body: BodyOf<A[S]> };
}[keyof A & number];

/** What the work of a route returns: the body of the one declared answer, or a `reply` where there are several. */
export type Answered<A extends AnswerSpecs> =
  IsUnion<keyof A> extends true ? Reply<A> : BodyOf<A[keyof A & number]>;

type IsUnion<T, U = T> = T extends unknown ? ([U] extends [T] ? false : true) : never;

/** Everything about a route but its work. */
export interface EndpointSpec<
  P,
  B extends z.ZodType,
  Q extends z.ZodType,
  A extends AnswerSpecs = AnswerSpecs,
  R extends z.ZodObject = z.ZodObject,
> {
  method: 'get' | 'post' | 'patch' | 'put' | 'delete';
  /** OpenAPI's form, e.g. `/v1/calls/{call_id}`. */
  path: string;
  tag: string;
  summary: string;
  description?: string;
  guard: Guard<P>;
  /** The parts of the path. */
  params?: R;
  /** Default: no field is known. */
  query?: Q;
  /** Whoever asks may add fields for its own sake, as monitors do; nobody reads them. */
  ignoresQuery?: boolean;
  body?: BodySpec<B>;
  /** A body that is not JSON: only for the document, the handler reads it. */
  rawBody?: string;
  /** Documented only: the handler or the guard reads them. */
  headers?: z.ZodObject;
  /** Every answer that is no refusal. */
  answers: A;
  refusals?: readonly ErrorCode[];
}

/** What the work of a route is given. */
export interface EndpointRequest<P, B, Q, R> {
  c: Context<HttpEnv>;
  principal: P;
  body: B;
  query: Q;
  /** A part of the path. */
  param(name: keyof R & string): string;
}

const NO_QUERY = z.strictObject({});

/** Whatever stands in a path of ours: an id or a number. */
const PATH_PART = /^[\w-]{1,100}$/;

/** 64 KiB. */
const DEFAULT_BODY_LIMIT = 65_536;

/** Registers a route and its documentation. `work` returns data, or throws a refusal; headers are set on `c`. */
export function endpoint<
  P,
  const A extends AnswerSpecs,
  B extends z.ZodType = z.ZodType,
  Q extends z.ZodType = z.ZodType,
  R extends z.ZodObject = z.ZodObject<Record<never, never>>,
>(
  app: OpenAPIHono<HttpEnv>,
  spec: EndpointSpec<P, B, Q, A, R>,
  work: (
    request: EndpointRequest<P, z.output<B>, z.output<Q>, z.output<R>>,
  ) => Promise<Answered<A>>,
): void {
  app.openAPIRegistry.registerPath(documented(spec));
  app.on(spec.method.toUpperCase(), spec.path.replaceAll(/\{(\w+)\}/g, ':$1'), async (c) => {
    if (!Object.values<string>(c.req.param()).every((part) => PATH_PART.test(part))) {
      throw HttpError.notFound();
    }
    const principal = await spec.guard.check(c);
    const query = spec.ignoresQuery ? undefined : readQuery(c, spec.query ?? NO_QUERY);
    const body = spec.body ? await readJson(c, spec.body) : undefined;
    const answered = await work({
      c,
      principal,
      body: body as z.output<B>,
      query: query as z.output<Q>,
      param: (name) => c.req.param(name) ?? '',
    });
    return send(c, spec.answers, answered);
  });
}

/** Which of several declared answers. */
export function reply<const S extends number, const B>(status: S, body: B): { status: S; body: B } {
  return { status, body };
}

function send(c: Context<HttpEnv>, answers: AnswerSpecs, answered: unknown): Response {
  const [only, ...others] = Object.keys(answers).map(Number);
  const { status, body } =
    others.length === 0 ? { status: only, body: answered } : (answered as Reply<AnswerSpecs>);
  if (answers[status as number]?.schema && typeof body !== 'string') {
    return c.json(body as object, status as ContentfulStatusCode);
  }
  return c.body(body as string, status as ContentfulStatusCode);
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
