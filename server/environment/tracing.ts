/** Where traces go, by the variables that OpenTelemetry itself has for it; server and worker read the same ones. */

/** Every variable that is read here. */
export const TRACING_VARIABLES = [
  'OTEL_EXPORTER_OTLP_ENDPOINT',
  'OTEL_EXPORTER_OTLP_HEADERS',
  'OTEL_EXPORTER_OTLP_PROTOCOL',
  'OTEL_SERVICE_NAME',
  'OTEL_RESOURCE_ATTRIBUTES',
  'OTEL_TRACES_SAMPLER',
  'OTEL_TRACES_SAMPLER_ARG',
  'OTEL_CAPTURE_CONTENT',
] as const;

/** How calls are traced. */
export interface TracingConfig {
  /** Whereto spans are posted. It may hold a password, as the headers may: neither is logged. */
  url: string;
  headers: Record<string, string>;
  /** `undefined`: each process has its own. */
  serviceName: string | undefined;
  /** Of whatever is traced here. */
  resource: Record<string, string>;
  /** The share of calls that is traced, from 0 to 1. */
  ratio: number;
  /** What is said, and what functions are asked and answer, goes along. */
  captureContent: boolean;
}

/** The settings, `null` without an endpoint, and one sentence for each fault; no value of a header stands in one. */
export interface ReadTracing {
  tracing: TracingConfig | null;
  faults: string[];
}

const MOST_NAME_CHARS = 200;
const HEADER_NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
const HEADER_VALUE = /^[\t\x20-\x7e]*$/;

/** Reads them; without an endpoint the others are for somebody else, and not looked at. */
export function readTracing(env: Readonly<Record<string, string | undefined>>): ReadTracing {
  const of = (name: (typeof TRACING_VARIABLES)[number]): string | undefined =>
    env[name]?.trim() || undefined;
  const endpoint = of('OTEL_EXPORTER_OTLP_ENDPOINT');
  if (endpoint === undefined) return { tracing: null, faults: [] };
  const faults: string[] = [];
  const url = tracesUrl(endpoint);
  if (url === null) {
    faults.push(
      'OTEL_EXPORTER_OTLP_ENDPOINT must be an address that begins with http:// or https://.',
    );
  }
  const headers = pairsOf(of('OTEL_EXPORTER_OTLP_HEADERS'));
  const areHeaders = ([name, value]: [string, string]): boolean =>
    HEADER_NAME.test(name) && HEADER_VALUE.test(value);
  if (!headers?.every(areHeaders)) {
    faults.push('OTEL_EXPORTER_OTLP_HEADERS must be headers as name=value, separated by commas.');
  }
  if ((of('OTEL_EXPORTER_OTLP_PROTOCOL') ?? 'http/protobuf') !== 'http/protobuf') {
    faults.push('OTEL_EXPORTER_OTLP_PROTOCOL must be http/protobuf: no other is spoken.');
  }
  const serviceName = of('OTEL_SERVICE_NAME');
  if ((serviceName?.length ?? 0) > MOST_NAME_CHARS) {
    faults.push(`OTEL_SERVICE_NAME must be at most ${MOST_NAME_CHARS} characters.`);
  }
  const resource = pairsOf(of('OTEL_RESOURCE_ATTRIBUTES'));
  if (!resource) {
    faults.push('OTEL_RESOURCE_ATTRIBUTES must be name=value, separated by commas.');
  }
  const ratio = ratioOf(of('OTEL_TRACES_SAMPLER'), of('OTEL_TRACES_SAMPLER_ARG'));
  if (typeof ratio === 'string') faults.push(ratio);
  const capture = of('OTEL_CAPTURE_CONTENT')?.toLowerCase() ?? 'false';
  if (capture !== 'true' && capture !== 'false') {
    faults.push('OTEL_CAPTURE_CONTENT must be true or false.');
  }
  if (faults.length > 0 || url === null || !headers || !resource || typeof ratio === 'string') {
    return { tracing: null, faults };
  }
  const tracing = {
    url,
    headers: Object.fromEntries(headers),
    serviceName,
    resource: Object.fromEntries(resource),
    ratio,
    captureContent: capture === 'true',
  };
  return { tracing, faults };
}

/** Below the endpoint, as the specification has it. */
function tracesUrl(endpoint: string): string | null {
  if (!URL.canParse(endpoint)) return null;
  const url = new URL(endpoint);
  if (!['http:', 'https:'].includes(url.protocol)) return null;
  url.pathname = `${url.pathname.replace(/\/+$/, '')}/v1/traces`;
  return url.href;
}

/** `a=1,b=2`, percent-decoded; `null`: it is nothing of the kind. */
function pairsOf(text: string | undefined): [string, string][] | null {
  if (text === undefined) return [];
  const pairs: [string, string][] = [];
  for (const part of text.split(',')) {
    if (part.trim() === '') continue;
    const [, name, value] = /^([^=]+)=(.*)$/s.exec(part.trim()) ?? [];
    if (name === undefined || value === undefined) return null;
    try {
      pairs.push([name.trim(), decodeURIComponent(value.trim())]);
    } catch {
      return null;
    }
  }
  return pairs;
}

/** A fault as its sentence. The parent of a call is nobody else's, so `parentbased_` changes nothing. */
function ratioOf(sampler = 'always_on', argument: string | undefined): number | string {
  const name = sampler.replace(/^parentbased_/, '');
  if (name === 'always_on') return 1;
  if (name === 'always_off') return 0;
  if (name !== 'traceidratio') {
    return 'OTEL_TRACES_SAMPLER must be always_on, always_off or traceidratio, or one of these with parentbased_ before it.';
  }
  const ratio = Number(argument ?? 1);
  if (ratio >= 0 && ratio <= 1) return ratio;
  return 'OTEL_TRACES_SAMPLER_ARG must be a number from 0 to 1.';
}
