/** The worker's environment, read once by its mains. */
import { join } from 'node:path';
import { z } from 'zod';
import { readCompatibleServers } from '../../environment/compatible-servers.js';
import { optional, url } from '../../environment/optional.js';
import { readProviderKeys } from '../../environment/provider-keys.js';
import { readTracing } from '../../environment/tracing.js';
import type { TracingConfig } from '../../environment/tracing.js';

const address = url(['http:', 'https:']);
const withDefault = (value: string) => optional.transform((given) => given ?? value);

const environment = z.object({
  LIVEKIT_URL: z.string().min(1),
  LIVEKIT_API_KEY: z.string().min(1),
  LIVEKIT_API_SECRET: z.string().min(1),
  DIALNEXA_SERVER_URL: withDefault('http://127.0.0.1:8787'),
  VOICE_MODELS_DIR: withDefault('.cache/voice'),
  DATA_DIR: optional,
  AGENT_NAME: withDefault('dialnexa'),
  AGENT_LOG_LEVEL: withDefault('error'),
  AGENT_MEMORY_LIMIT_MB: optional
    .transform((given) => Number(given ?? 1_000))
    .refine((mb) => Number.isInteger(mb) && mb > 0, 'must be a whole number of megabytes'),
  AGENT_SPARE_PROCESSES: optional
    .transform((given) => Number(given ?? 8))
    .refine((many) => Number.isInteger(many) && many > 0, 'must be a whole number, at least 1'),
  ALLOW_PRIVATE_FUNCTION_HOSTS: optional.transform((given) => given === '1' || given === 'true'),
  OPENAI_BASE_URL: address,
  LLM_BASE_URL: address,
  STT_BASE_URL: address,
  TTS_BASE_URL: address,
});

/** Keys of the providers, by the name that a version uses. */
export type ProviderKeys = ReturnType<typeof readProviderKeys>;

/** Servers of the operator's own, by what they are asked for. */
export type CompatibleServers = ReturnType<typeof readCompatibleServers>;

/** What the worker runs with. */
export interface AgentConfig {
  livekit: { url: string; apiKey: string; apiSecret: string };
  serverUrl: string;
  voiceModelsDir: string;
  /** Where the offline voice keeps sentences for later calls; `null`: nowhere. */
  sentencesDir: string | null;
  agentName: string;
  /** Of the agent framework; our own lines are always there. */
  logLevel: string;
  /** The process of one call that holds more, in MB, is stopped, and its call with it. */
  memoryLimitMb: number;
  /** At most so many processes wait for calls. */
  spareProcesses: number;
  /** Custom functions may call this machine and its private network. */
  allowPrivateHosts: boolean;
  providerKeys: ProviderKeys;
  /** Of the provider `openai` alone; without it, OpenAI's own. */
  openaiBaseUrl: string | undefined;
  /** Of the provider `openai_compatible`. */
  compatibleServers: CompatibleServers;
  /** Where traces of calls go; `null`: none are made. */
  tracing: TracingConfig | null;
}

/** Either the configuration, or one sentence a fault. */
export type AgentConfigResult =
  { ok: true; config: AgentConfig } | { ok: false; faults: readonly string[] };

/** Checks everything before it says anything. */
export function readAgentConfig(env: Record<string, string | undefined>): AgentConfigResult {
  const parsed = environment.safeParse(env);
  const { tracing, faults: tracingFaults } = readTracing(env);
  const faults = (parsed.error?.issues ?? []).map(({ path, code, message }) => {
    const fault = code === 'custom' ? message : 'must be set';
    return `${path.join('.')} ${fault}.`;
  });
  faults.push(...tracingFaults);
  if (!parsed.success || faults.length > 0) return { ok: false, faults };
  const given = parsed.data;
  return {
    ok: true,
    config: {
      livekit: {
        url: given.LIVEKIT_URL,
        apiKey: given.LIVEKIT_API_KEY,
        apiSecret: given.LIVEKIT_API_SECRET,
      },
      serverUrl: given.DIALNEXA_SERVER_URL,
      voiceModelsDir: given.VOICE_MODELS_DIR,
      sentencesDir: given.DATA_DIR === undefined ? null : join(given.DATA_DIR, 'sentences'),
      agentName: given.AGENT_NAME,
      logLevel: given.AGENT_LOG_LEVEL,
      memoryLimitMb: given.AGENT_MEMORY_LIMIT_MB,
      spareProcesses: given.AGENT_SPARE_PROCESSES,
      allowPrivateHosts: given.ALLOW_PRIVATE_FUNCTION_HOSTS,
      providerKeys: readProviderKeys(env),
      openaiBaseUrl: given.OPENAI_BASE_URL,
      compatibleServers: readCompatibleServers(env),
      tracing,
    },
  };
}
