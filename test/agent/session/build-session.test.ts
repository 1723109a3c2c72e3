/** What the framework asks the session alone follows the version that speaks. */
import { initializeLogger } from '@livekit/agents';
import type { VAD } from '@livekit/agents';
import { beforeAll, expect, it } from 'vitest';
import type { VersionSettings } from '../../../sdk/wire/agent.js';
import { buildSession, tuneSession } from '../../../server/agent/session/build-session.js';
import { fallbacksOf } from '../../../server/domain/agents/fallbacks-of.js';
import { workshopSettings } from '../support/workshop-settings.js';

beforeAll(() => initializeLogger({ pretty: false, level: 'silent' }));

const version = (patch: Partial<VersionSettings>) => {
  const settings = workshopSettings(patch);
  return { settings, fallbacks: fallbacksOf(settings).fallbacks };
};

it('is how long an interruption takes, and how often a provider is asked that somebody else could replace', () => {
  const session = buildSession({} as VAD);
  const now = () => [
    session.sessionOptions.turnHandling.interruption.enabled,
    session.sessionOptions.turnHandling.interruption.minDuration,
    session.connOptions.llmConnOptions.maxRetry,
    session.connOptions.ttsConnOptions.maxRetry,
  ];
  tuneSession(session, version({ interruption_sensitivity: 0 }));
  expect(now()).toEqual([true, 500, 1, 1]);
  const replaced = {
    llm: { provider: 'openai' },
    fallback_llm_enabled: true,
    llm_fallback_model: 'offline',
    fallback_voices: ['offline/rms'],
  } as const;
  const other = { ...replaced, fallback_voices: [...replaced.fallback_voices] };
  tuneSession(
    session,
    version({ ...other, interruption_sensitivity: 1, allow_interruptions: false }),
  );
  expect(now()).toEqual([false, 100, 0, 0]);
});
