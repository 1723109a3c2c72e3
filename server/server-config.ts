/** The server's environment, read once: every fault is found before any is reported. */
import { accessSync, constants, mkdirSync, statSync } from 'node:fs';
import { isAbsolute, resolve } from 'node:path';
import { z } from 'zod';
import { readCompatibleServers } from './environment/compatible-servers.js';
import type { AnalysisModel } from './analysis/create-analyst.js';
import type { PriceList } from './domain/evidence/price-list.js';
import type { TracingConfig } from './environment/tracing.js';
import type { ProviderPart } from './environment/compatible-servers.js';
import { optional, url } from './environment/optional.js';
import { readProviderKeys } from './environment/provider-keys.js';
import { readTracing } from './environment/tracing.js';
import { readPriceList } from './price-list.js';
import { isLoopback } from './http/request/loopback.js';

/** What the process runs with. */
export interface ServerConfig {
  port: number;
  host: string;
  dataDir: string;
  /** A Markdown file whose agent the page at `/` shows; absolute. */
  agentFile: string | null;
  publicUrl: string;
  /** Origins at which this server itself is seen: loopback's only where `publicUrl` lies there too. */
  ownOrigins: string[];
  databaseUrl: string | null;
  livekit: { url: string; publicUrl: string; apiKey: string; apiSecret: string };
  s3: S3Config | null;
  /** The language model that analyses calls; `null`: rules do. */
  analysisModel: AnalysisModel | null;
  /** LiveKit's name of the worker that answers calls; whoever registers under it is dispatched. */
  agentName: string;
  /** Names of the speech and language providers whose keys are set; the keys stay with the worker. */
  providers: string[];
  /** For what the operator has a server of their own: their addresses too stay with the worker. */
  compatibleServers: ProviderPart[];
  /** The media server belongs to this machine and stops with it. */
  embedded: boolean;
  logLevel: string;
  trustedProxies: number;
  metricsToken: string | null;
  /** Webhooks may call this machine and its private network, and by plain `http:`. */
  allowPrivateWebhookHosts: boolean;
  /** How long the server goes on serving, not ready, after it was told to stop. */
  drainMs: number;
  /** Where traces of calls go; `null`: none are made. */
  tracing: TracingConfig | null;
  /** What the operator pays; `null`: calls have no cost. */
  prices: PriceList | null;
  /** More names of fields that are taken out of functions' arguments and answers. */
  redactFields: string[];
}

/** Where recordings go instead of a folder. */
export interface S3Config {
  endpoint: string;
  region: string;
  bucket: string;
  accessKeyId: string;
  secretAccessKey: string;
}

/** Either the configuration or every fault, one sentence each. */
export type ConfigResult = { ok: true; config: ServerConfig } | { ok: false; faults: string[] };

const LIVEKIT_NAMES = ['LIVEKIT_URL', 'LIVEKIT_API_KEY', 'LIVEKIT_API_SECRET'] as const;
const ANALYSIS_NAMES = ['ANALYSIS_BASE_URL', 'ANALYSIS_MODEL'] as const;
const S3_NAMES = ['S3_BUCKET', 'S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY'] as const;

const number = (fallback: number, min: number, max: number) =>
  optional
    .transform((text) => (text === undefined ? fallback : Number(text)))
    .refine(
      (value) => Number.isInteger(value) && value >= min && value <= max,
      `must be a whole number from ${min} to ${max}`,
    );

/** First parts of the server's own addresses. */
const OWN_PATHS = ['v1', 'console', 'docs', 'livekit', 'rtc'];
const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'];
const schema = z.object({
  PORT: number(8_787, 1, 65_535),
  HOST: optional,
  DATA_DIR: optional,
  AGENT_FILE: optional,
  PUBLIC_URL: url(['http:', 'https:']).refine(
    (text) => text === undefined || isPlace(text),
    "must have nothing behind its path, and no path that is one of the server's own, such as /docs",
  ),
  DATABASE_URL: url(['postgres:', 'postgresql:']),
  LIVEKIT_URL: url(['ws:', 'wss:', 'http:', 'https:']),
  LIVEKIT_PUBLIC_URL: url(['ws:', 'wss:', 'http:', 'https:']),
  LIVEKIT_API_KEY: optional,
  LIVEKIT_API_SECRET: optional,
  S3_ENDPOINT: url(['http:', 'https:']),
  S3_REGION: optional,
  S3_BUCKET: optional,
  S3_ACCESS_KEY_ID: optional,
  S3_SECRET_ACCESS_KEY: optional,
  LLM_BASE_URL: url(['http:', 'https:']),
  STT_BASE_URL: url(['http:', 'https:']),
  ANALYSIS_BASE_URL: url(['http:', 'https:']),
  ANALYSIS_MODEL: optional,
  ANALYSIS_API_KEY: optional,
  TTS_BASE_URL: url(['http:', 'https:']),
  OPENAI_BASE_URL: url(['http:', 'https:']),
  AGENT_NAME: optional.refine(
    (text) => text === undefined || text.length <= 200,
    'must be at most 200 characters',
  ),
  DIALNEXA_EMBEDDED: optional,
  LOG_LEVEL: optional.refine(
    (text) => text === undefined || LEVELS.includes(text),
    `must be one of ${LEVELS.join(', ')}`,
  ),
  TRUSTED_PROXIES: number(0, 0, 10),
  METRICS_TOKEN: optional,
  ALLOW_PRIVATE_WEBHOOK_HOSTS: optional.transform((given) => given === '1' || given === 'true'),
  DRAIN_SECONDS: number(5, 0, 600),
  PRICE_LIST: optional,
  REDACT_FIELDS: optional,
});
type Env = z.output<typeof schema>;

/** Reads the environment; makes the data folder, because only that tells whether it can be written. */
export function readServerConfig(source: Record<string, string | undefined>): ConfigResult {
  const parsed = schema.safeParse(source);
  const faults = parsed.success
    ? []
    : parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}.`);
  // The other checks need no valid numbers: run them too, so that one start tells everything.
  faults.push(...halfSet(source, LIVEKIT_NAMES, true), ...halfSet(source, S3_NAMES, false));
  faults.push(...halfSet(source, ANALYSIS_NAMES, false));
  const dataDir = absolute(source.DATA_DIR?.trim() || '.data');
  const { list: prices, faults: priceFaults } = readPriceList(source.PRICE_LIST);
  faults.push(...priceFaults);
  const { tracing, faults: tracingFaults } = readTracing(source);
  faults.push(...tracingFaults);
  const folderFault = faultOfFolder(dataDir);
  if (folderFault) faults.push(folderFault);
  if (!parsed.success || faults.length > 0) return { ok: false, faults };
  return { ok: true, config: { ...configOf(parsed.data, dataDir, source), prices, tracing } };
}

function configOf(
  env: Env,
  dataDir: string,
  source: Record<string, string | undefined>,
): Omit<ServerConfig, 'prices' | 'tracing'> {
  const livekitUrl = env.LIVEKIT_URL ?? '';
  const ownUrl = `http://127.0.0.1:${env.PORT}`;
  const publicUrl = new URL(env.PUBLIC_URL ?? ownUrl).href.replace(/\/+$/, '');
  return {
    port: env.PORT,
    host: env.HOST ?? '127.0.0.1',
    dataDir,
    agentFile: env.AGENT_FILE === undefined ? null : absolute(env.AGENT_FILE),
    publicUrl,
    ownOrigins: ownOriginsOf(publicUrl, env.PORT),
    databaseUrl: env.DATABASE_URL ?? null,
    livekit: {
      url: livekitUrl,
      publicUrl: (env.LIVEKIT_PUBLIC_URL ?? livekitUrl).replace(/^http/, 'ws').replace(/\/+$/, ''),
      apiKey: env.LIVEKIT_API_KEY ?? '',
      apiSecret: env.LIVEKIT_API_SECRET ?? '',
    },
    s3: s3Of(env),
    analysisModel: analysisModelOf(env),
    agentName: env.AGENT_NAME ?? 'dialnexa',
    providers: Object.keys(readProviderKeys(source)),
    compatibleServers: Object.keys(readCompatibleServers(source)) as ProviderPart[],
    embedded: env.DIALNEXA_EMBEDDED === '1',
    logLevel: env.LOG_LEVEL ?? 'info',
    trustedProxies: env.TRUSTED_PROXIES,
    metricsToken: env.METRICS_TOKEN ?? null,
    allowPrivateWebhookHosts: env.ALLOW_PRIVATE_WEBHOOK_HOSTS,
    drainMs: env.DRAIN_SECONDS * 1_000,
    redactFields: (env.REDACT_FIELDS ?? '')
      .split(',')
      .map((name) => name.trim())
      .filter(Boolean),
  };
}

function ownOriginsOf(publicUrl: string, port: number): string[] {
  const { origin, hostname } = new URL(publicUrl);
  const names = isLoopback(hostname) ? ['127.0.0.1', 'localhost'] : [];
  return [...new Set([origin, ...names.map((name) => `http://${name}:${port}`)])];
}

function analysisModelOf(env: Env): AnalysisModel | null {
  if (!env.ANALYSIS_BASE_URL || !env.ANALYSIS_MODEL) return null;
  return {
    baseUrl: env.ANALYSIS_BASE_URL.replace(/\/+$/, ''),
    apiKey: env.ANALYSIS_API_KEY ?? null,
    model: env.ANALYSIS_MODEL,
  };
}

function s3Of(env: Env): S3Config | null {
  if (!env.S3_BUCKET || !env.S3_ACCESS_KEY_ID || !env.S3_SECRET_ACCESS_KEY) return null;
  const region = env.S3_REGION ?? 'us-east-1';
  return {
    endpoint: env.S3_ENDPOINT ?? `https://s3.${region}.amazonaws.com`,
    region,
    bucket: env.S3_BUCKET,
    accessKeyId: env.S3_ACCESS_KEY_ID,
    secretAccessKey: env.S3_SECRET_ACCESS_KEY,
  };
}

function halfSet(
  source: Record<string, string | undefined>,
  names: readonly string[],
  needed: boolean,
): string[] {
  const missing = names.filter((name) => !source[name]?.trim());
  if (missing.length === 0) return [];
  if (missing.length < names.length) {
    const set = names.filter((name) => !missing.includes(name));
    return [`Of ${names.join(', ')} only ${set.join(' and ')} is set: set all of them or none.`];
  }
  return needed ? [`Set ${names.join(', ')}, or use \`npm start\`, which sets them.`] : [];
}

function faultOfFolder(folder: string): string | null {
  try {
    mkdirSync(folder, { recursive: true });
    if (!statSync(folder).isDirectory()) return `DATA_DIR ${folder} is not a folder.`;
    accessSync(folder, constants.W_OK | constants.R_OK);
    return null;
  } catch {
    return `DATA_DIR ${folder} cannot be written: choose a folder that this user may write to.`;
  }
}

/** What a server may be put below: a proxy that takes the path away must not make another address of it. */
function isPlace(text: string): boolean {
  if (!URL.canParse(text)) return true;
  const { pathname, search, hash, username, password } = new URL(text);
  const [, first = ''] = pathname.split('/');
  return !OWN_PATHS.includes(first) && `${search}${hash}${username}${password}` === '';
}

function absolute(path: string): string {
  return isAbsolute(path) ? path : resolve(path);
}
