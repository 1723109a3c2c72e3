/** Servers of the operator's own that speak OpenAI's interface: one for each part of an agent, each with an address of its own. */

/** What of an agent somebody provides, in the words of a version's settings. */
export type ProviderPart = 'transcriber' | 'llm' | 'voice';

/** Part → the variables that hold its server's address and, where it wants one, its key. */
export const COMPATIBLE_SERVERS = {
  llm: { url: 'LLM_BASE_URL', key: 'LLM_API_KEY' },
  transcriber: { url: 'STT_BASE_URL', key: 'STT_API_KEY' },
  voice: { url: 'TTS_BASE_URL', key: 'TTS_API_KEY' },
} as const satisfies Readonly<Record<ProviderPart, { url: string; key: string }>>;

/** Where a part is asked for. */
export interface CompatibleServer {
  /** Without a slash at its end; `/chat/completions` and the like are put behind it. */
  baseUrl: string;
  /** Such servers rarely want one. */
  apiKey: string | undefined;
}

/** The servers whose address is set; what is only space is not set. The addresses are not checked. */
export function readCompatibleServers(
  env: Readonly<Record<string, string | undefined>>,
): Partial<Record<ProviderPart, CompatibleServer>> {
  const entries = Object.entries(COMPATIBLE_SERVERS).flatMap(([part, { url, key }]) => {
    const baseUrl = env[url]?.trim().replace(/\/+$/, '');
    return baseUrl ? [[part, { baseUrl, apiKey: env[key]?.trim() || undefined }]] : [];
  });
  return Object.fromEntries(entries) as Partial<Record<ProviderPart, CompatibleServer>>;
}
