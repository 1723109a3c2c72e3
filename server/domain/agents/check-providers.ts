/** Whether a version's providers, fallbacks included, are named well enough, and set up here. */
import type { VersionSettings, VoiceSettings } from '../../../sdk/wire/agent.js';
import type { DomainPorts } from '../ports/domain-ports.js';
import { fallbacksOf } from './fallbacks-of.js';

const ADDRESS = { transcriber: 'STT_BASE_URL', llm: 'LLM_BASE_URL', voice: 'TTS_BASE_URL' };

interface Named {
  field: string;
  part: 'transcriber' | 'llm' | 'voice';
  chosen: Pick<VoiceSettings, 'model' | 'voice_id'> & { provider: string };
}

/** One sentence a fault: `wrong` lies in the settings, `missing` in the environment. */
export function providerFaults(
  ports: Pick<DomainPorts, 'isProviderConfigured'>,
  settings: VersionSettings,
): { wrong: string[]; missing: string[] } {
  const { fallbacks, faults } = fallbacksOf(settings);
  const all: Named[] = [
    { field: 'transcriber', part: 'transcriber', chosen: settings.transcriber },
    { field: 'llm', part: 'llm', chosen: settings.llm },
    { field: 'voice', part: 'voice', chosen: settings.voice },
  ];
  if (fallbacks.transcriber) {
    const field = 'stt_fallback_transcriber_id';
    all.push({ field, part: 'transcriber', chosen: fallbacks.transcriber });
  }
  if (fallbacks.llm) {
    all.push({ field: 'llm_fallback_model', part: 'llm', chosen: fallbacks.llm });
  }
  for (const chosen of fallbacks.voices)
    all.push({ field: 'fallback_voices', part: 'voice', chosen });
  return {
    wrong: [...faults, ...all.flatMap(unnamed)],
    missing: all.flatMap(({ field, part, chosen: { provider } }) => {
      if (ports.isProviderConfigured(part, provider)) return [];
      return provider === 'openai_compatible'
        ? [`${field}: the server has no ${ADDRESS[part]}. Set it, or choose another provider.`]
        : [
            `${field}: the server has no key for ${provider}. ` +
              'Set its environment variable, or choose another provider.',
          ];
    }),
  };
}

/** Nobody knows what a server at home serves. */
function unnamed({ field, part, chosen }: Named): string[] {
  if (chosen.provider !== 'openai_compatible') return [];
  const needed = part === 'voice' ? (['model', 'voice_id'] as const) : (['model'] as const);
  return needed
    .filter((name) => chosen[name] === undefined)
    .map((name) => `${field}: openai_compatible needs the ${name} that its server knows.`);
}
