/** What a provider is reached with: a key, or a server of the operator's own. */
import type { ProviderName } from '../../environment/provider-keys.js';
import type { ProviderPart } from '../../environment/compatible-servers.js';
import type { AgentConfig } from '../config/agent-config.js';
import { ProviderError } from './provider-error.js';

/** Sent where a server wants no key: the client insists on one, and must not take another provider's out of the environment. */
const NO_KEY = 'none';
const GROQ_URL = 'https://api.groq.com/openai/v1';

/** Throws `ProviderError` when it is not set. */
export function keyOf(config: AgentConfig, provider: ProviderName): string {
  const key = config.providerKeys[provider];
  if (!key) throw ProviderError.noKey(provider);
  return key;
}

/** In the words of OpenAI's client, which knows OpenAI's own address. Throws `ProviderError` when no key is set. */
export function openaiServer(
  config: AgentConfig,
  provider: 'openai' | 'groq',
): { apiKey: string; baseURL?: string } {
  const baseURL = provider === 'groq' ? GROQ_URL : config.openaiBaseUrl;
  return { apiKey: keyOf(config, provider), ...(baseURL === undefined ? {} : { baseURL }) };
}

/** In the words of OpenAI's client. Throws `ProviderError` when no address is set. */
export function compatibleServer(
  config: AgentConfig,
  part: ProviderPart,
): { baseURL: string; apiKey: string } {
  const server = config.compatibleServers[part];
  if (!server) throw ProviderError.noServer(part);
  return { baseURL: server.baseUrl, apiKey: server.apiKey ?? NO_KEY };
}
