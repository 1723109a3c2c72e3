/** The speech and language providers by the variable that holds their key. */

/** Variable → the name that a version's settings use. */
export const PROVIDER_KEYS = {
  DEEPGRAM_API_KEY: 'deepgram',
  OPENAI_API_KEY: 'openai',
  GROQ_API_KEY: 'groq',
  GOOGLE_API_KEY: 'google',
  ELEVEN_API_KEY: 'elevenlabs',
  CARTESIA_API_KEY: 'cartesia',
} as const;

/** A variable that holds a provider's key. */
export type ProviderVariable = keyof typeof PROVIDER_KEYS;

/** The name of a provider. */
export type ProviderName = (typeof PROVIDER_KEYS)[ProviderVariable];

/** The keys that are set, by the provider's name; what is only space is not set. */
export function readProviderKeys(
  env: Readonly<Record<string, string | undefined>>,
): Partial<Record<ProviderName, string>> {
  const entries = Object.entries(PROVIDER_KEYS).flatMap(([variable, name]) => {
    const key = env[variable]?.trim();
    return key ? [[name, key]] : [];
  });
  return Object.fromEntries(entries) as Partial<Record<ProviderName, string>>;
}
