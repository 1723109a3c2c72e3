/** A collector of traces on loopback that speaks OTLP by HTTP and protobuf, and can be away, hang or answer nonsense. */
import { createServer } from 'node:http';
import type { IncomingHttpHeaders, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { BinaryReader, WireType } from '@bufbuild/protobuf';

/** A span as it arrived. Times are milliseconds. */
export interface CollectedSpan {
  service: string;
  scope: string;
  traceId: string;
  spanId: string;
  parentId: string | null;
  name: string;
  startMs: number;
  endMs: number;
  attributes: Record<string, unknown>;
  events: { name: string; attributes: Record<string, unknown> }[];
  isError: boolean;
}

/** What becomes of a request. */
export type CollectorMood = 'takes' | 'hangs' | 'refuses' | 'answers nonsense';

/** What has arrived, and how the next request fares. */
export class OtlpCollector {
  mood: CollectorMood = 'takes';
  readonly spans: CollectedSpan[] = [];
  /** All that arrived, as it came: for what must not be in it. */
  readonly bodies: Buffer[] = [];
  readonly headers: IncomingHttpHeaders[] = [];
  readonly paths: string[] = [];
  readonly #server: Server;

  private constructor() {
    this.#server = createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        const raw = Buffer.concat(parts);
        this.headers.push(request.headers);
        this.paths.push(request.url ?? '');
        if (this.mood === 'hangs') return;
        if (this.mood === 'takes') {
          const body = request.headers['content-encoding'] === 'gzip' ? gunzipSync(raw) : raw;
          this.bodies.push(body);
          this.spans.push(...spansIn(body));
        }
        response.writeHead(this.mood === 'refuses' ? 400 : 200);
        response.end(this.mood === 'answers nonsense' ? 'x'.repeat(10_000_000) : '');
      });
    });
  }

  static async open(): Promise<OtlpCollector> {
    const collector = new OtlpCollector();
    await new Promise<void>((resolve) => {
      collector.#server.listen(0, '127.0.0.1', resolve);
    });
    return collector;
  }

  /** For `OTEL_EXPORTER_OTLP_ENDPOINT`. */
  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** The spans of a trace, as they came. */
  of(traceId: string | null): CollectedSpan[] {
    return this.spans.filter((span) => span.traceId === traceId);
  }

  /** Whether these words are anywhere in what arrived. */
  has(words: string): boolean {
    return this.bodies.some((body) => body.includes(words));
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

/** A message's fields by number, each as often as it came. */
type Fields = Map<number, (Uint8Array | bigint | number)[]>;

function fieldsOf(bytes: Uint8Array): Fields {
  const reader = new BinaryReader(bytes);
  const fields: Fields = new Map();
  while (reader.pos < reader.len) {
    const [number, type] = reader.tag();
    const value =
      type === WireType.LengthDelimited
        ? reader.bytes()
        : type === WireType.Varint
          ? Number(reader.int64())
          : type === WireType.Bit64
            ? reader.fixed64()
            : reader.fixed32();
    fields.set(number, [...(fields.get(number) ?? []), value as Uint8Array | bigint | number]);
  }
  return fields;
}

const messages = (fields: Fields | undefined, number: number): Fields[] =>
  (fields?.get(number) ?? []).map((bytes) => fieldsOf(bytes as Uint8Array));
const textOf = (fields: Fields | undefined, number: number): string =>
  Buffer.from((fields?.get(number)?.[0] ?? []) as Uint8Array).toString();
const hexOf = (fields: Fields, number: number): string =>
  Buffer.from((fields.get(number)?.[0] ?? []) as Uint8Array).toString('hex');
/** To the microsecond: a number holds no more. */
const msOf = (fields: Fields, number: number): number =>
  Number(BigInt(fields.get(number)?.[0] as bigint) / 1_000n) / 1_000;

function spansIn(body: Uint8Array): CollectedSpan[] {
  return messages(fieldsOf(body), 1).flatMap((resource) => {
    const service = String(attributesOf(messages(resource, 1)[0], 1)['service.name']);
    return messages(resource, 2).flatMap((scope) =>
      messages(scope, 2).map((span) => ({
        service,
        scope: textOf(messages(scope, 1)[0], 1),
        traceId: hexOf(span, 1),
        spanId: hexOf(span, 2),
        parentId: hexOf(span, 4) || null,
        name: textOf(span, 5),
        startMs: msOf(span, 7),
        endMs: msOf(span, 8),
        attributes: attributesOf(span, 9),
        events: messages(span, 11).map((event) => ({
          name: textOf(event, 2),
          attributes: attributesOf(event, 3),
        })),
        isError: messages(span, 15)[0]?.get(3)?.[0] === 2,
      })),
    );
  });
}

function attributesOf(fields: Fields | undefined, number: number): Record<string, unknown> {
  const pairs = messages(fields, number).map((pair) => [
    textOf(pair, 1),
    valueOf(messages(pair, 2)[0] ?? new Map()),
  ]);
  return Object.fromEntries(pairs) as Record<string, unknown>;
}

function valueOf(value: Fields): unknown {
  if (value.has(2)) return value.get(2)?.[0] === 1;
  if (value.has(3)) return value.get(3)?.[0];
  if (value.has(4)) {
    const bits = Buffer.alloc(8);
    bits.writeBigUInt64LE(BigInt(value.get(4)?.[0] as bigint));
    return bits.readDoubleLE();
  }
  if (value.has(5)) return messages(messages(value, 5)[0], 1).map(valueOf);
  return textOf(value, 1);
}
