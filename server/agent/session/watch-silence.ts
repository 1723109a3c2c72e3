/** Detects silence of both sides: reminds the caller, and finally ends the call. */
import { voice } from '@livekit/agents';
import type { Speaker, Speaking } from './speaking.js';

const REMINDER = 'Are you still there?';
/** How soon a lost connection is looked at again. */
const LOST_MS = 1_000;
/** A caller who has muted the microphone wants a moment, and may have forgotten it after so long. */
const LONGEST_MUTED_MS = 120_000;
/** What is written takes time to be read, a character so long: about as long as it takes to say. */
const READING_MS = 60;
/** The longest that typing without sending counts as activity: a key that is stuck must not keep the call open. */
const LONGEST_TYPING_MS = 300_000;

/** What silence leads to. */
export interface SilenceEffects {
  /** Whether the agent writes, and is not heard: silence counts from when its words can have been read. */
  isWritten: boolean;
  /** Whether the caller's connection is lost: then its silence does not count. */
  isLost(): boolean;
  /** Whether the caller has muted the microphone: then its silence counts only after two minutes. */
  isMuted(): boolean;
  remind(text: string): void;
  giveUp(): void;
}

/** The watch over one call. */
export interface SilenceWatch {
  /** The caller is typing. */
  typing(): void;
  stop(): void;
}

/** Watches until it is told to stop, by the settings of whoever speaks: a silence begins anew when another agent takes over. */
export function watchSilence(
  session: voice.AgentSession,
  speaking: Pick<Speaking<Pick<Speaker, 'settings'>>, 'follow'>,
  effects: SilenceEffects,
): SilenceWatch {
  let timer: NodeJS.Timeout | undefined;
  let quietSince: number | null = null;
  /** Since when somebody types into this silence. */
  let typingSince: number | null = null;
  let mutedSince: number | null = null;
  /** What the agent has written cannot have been read before. */
  let readAt = 0;
  let reminders = 0;
  let giveUpMs = Infinity;
  let remindMs = Infinity;
  let mostReminders = 0;

  /** After so much silence something is due. */
  function nextMs(): number {
    const remindsNext = reminders < mostReminders;
    return remindsNext ? Math.min(giveUpMs, remindMs * (reminders + 1)) : giveUpMs;
  }

  function plan(): void {
    clearTimeout(timer);
    if (quietSince === null) return;
    timer = setTimeout(act, Math.max(0, quietSince + nextMs() - Date.now()));
  }

  function act(): void {
    if (quietSince === null) return;
    if (effects.isLost() || isAside()) {
      // The silence starts anew once the caller is back.
      quietSince = Date.now();
      timer = setTimeout(act, LOST_MS);
      return;
    }
    const quiet = Date.now() - quietSince;
    if (quiet >= giveUpMs) {
      effects.giveUp();
      return;
    }
    if (quiet >= nextMs()) {
      reminders += 1;
      effects.remind(REMINDER);
    }
    plan();
  }

  function isAside(): boolean {
    mutedSince = effects.isMuted() ? (mutedSince ?? Date.now()) : null;
    return mutedSince !== null && Date.now() - mutedSince < LONGEST_MUTED_MS;
  }

  /** The agent's reminder does not restart the wait: only the caller breaks the silence. */
  function heard(): void {
    quietSince = null;
    typingSince = null;
    reminders = 0;
    if (!effects.isMuted()) mutedSince = null;
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

  session.on(voice.AgentSessionEventTypes.ConversationItemAdded, ({ item }) => {
    if (!effects.isWritten || item.type !== 'message') return;
    // Who answers has read.
    if (item.role === 'user') readAt = 0;
    if (item.role !== 'assistant' || reminders > 0) return;
    readAt = Math.max(readAt, Date.now()) + READING_MS * (item.textContent?.length ?? 0);
    if (quietSince === null) return;
    quietSince = silentFrom();
    plan();
  });

  function silentFrom(): number {
    return Math.max(Date.now(), readAt);
  }

  function quiet(): void {
    quietSince ??= silentFrom();
    plan();
  }

  function typing(): void {
    if (quietSince === null) return;
    const now = Date.now();
    typingSince ??= now;
    if (now - typingSince > LONGEST_TYPING_MS) return;
    quietSince = silentFrom();
    reminders = 0;
    plan();
  }

  const unfollow = speaking.follow(({ settings }) => {
    giveUpMs = settings.end_call_on_silence_sec * 1000;
    remindMs = settings.reminder_message_interval * 1000;
    mostReminders = settings.reminder_message_frequency;
    reminders = 0;
    if (quietSince !== null) quietSince = silentFrom();
    plan();
  });
  // The session may already be listening.
  if (session.agentState === 'listening') quiet();
  return {
    typing,
    stop: () => {
      unfollow();
      clearTimeout(timer);
    },
  };
}
