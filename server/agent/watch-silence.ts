/** Notices that nobody speaks: reminds the caller, and in the end gives up. */
import { voice } from '@livekit/agents';
import type { VersionSettings } from '../../sdk/wire/agent.js';

const REMINDER = 'Are you still there?';

/** What silence leads to. */
export interface SilenceEffects {
  remind(text: string): void;
  giveUp(): void;
}

/** Watches until it is told to stop. */
export function watchSilence(
  session: voice.AgentSession,
  settings: VersionSettings,
  effects: SilenceEffects,
): () => void {
  let timer: NodeJS.Timeout | undefined;
  let quietSince: number | null = null;
  let reminders = 0;
  const giveUpMs = settings.end_call_on_silence_sec * 1000;
  const remindMs = settings.reminder_message_interval * 1000;

  function plan(): void {
    clearTimeout(timer);
    if (quietSince === null) return;
    const quiet = Date.now() - quietSince;
    const remindsNext = reminders < settings.reminder_message_frequency;
    const next = remindsNext ? Math.min(giveUpMs, remindMs * (reminders + 1)) : giveUpMs;
    timer = setTimeout(act, Math.max(0, next - quiet));
  }

  function act(): void {
    if (quietSince === null) return;
    if (Date.now() - quietSince >= giveUpMs) {
      effects.giveUp();
      return;
    }
    reminders += 1;
    effects.remind(REMINDER);
    plan();
  }

  /** The agent's own reminder is no reason to wait anew: only the caller breaks the silence. */
  function heard(): void {
    quietSince = null;
    reminders = 0;
    clearTimeout(timer);
  }

  session.on(voice.AgentSessionEventTypes.UserStateChanged, ({ newState }) => {
    if (newState === 'speaking') heard();
    else if (session.agentState === 'listening') quiet();
  });
  session.on(voice.AgentSessionEventTypes.AgentStateChanged, ({ newState }) => {
    if (newState === 'listening') quiet();
    else if (newState === 'thinking' || (newState === 'speaking' && reminders === 0)) heard();
  });

  function quiet(): void {
    quietSince ??= Date.now();
    plan();
  }

  // It may have begun to listen before anybody watched.
  if (session.agentState === 'listening') quiet();
  return () => clearTimeout(timer);
}
