/** Silence: who breaks it, when the caller is reminded, when the agent gives up. */
import { EventEmitter } from 'node:events';
import type { voice } from '@livekit/agents';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { watchSilence } from '../../../server/agent/session/watch-silence.js';
import { Speaking } from '../../../server/agent/session/speaking.js';
import type { SilenceWatch } from '../../../server/agent/session/watch-silence.js';
import { workshopSettings } from '../support/workshop-settings.js';

const settings = workshopSettings({
  reminder_message_interval: 9,
  reminder_message_frequency: 1,
  end_call_on_silence_sec: 15,
});

class QuietSession extends EventEmitter {
  agentState = 'listening';

  agent(newState: string): void {
    this.agentState = newState;
    this.emit('agent_state_changed', { newState });
  }

  user(newState: string): void {
    this.emit('user_state_changed', { newState });
  }

  says(textContent: string, role = 'assistant'): void {
    const item = { type: 'message', role, textContent };
    this.emit('conversation_item_added', { item });
  }
}

let session: QuietSession;
let seen: string[];
let watch: SilenceWatch;
let speaking: Speaking<{ settings: typeof settings }>;
let lost: boolean;
let muted: boolean;
let isWritten: boolean;

beforeEach(() => {
  vi.useFakeTimers();
  session = new QuietSession();
  seen = [];
  lost = false;
  muted = false;
  speaking = new Speaking({ settings });
  isWritten = false;
  watch = watchSilence(session as unknown as voice.AgentSession, speaking, {
    get isWritten() {
      return isWritten;
    },
    isLost: () => lost,
    isMuted: () => muted,
    remind: (text) => seen.push(text),
    giveUp: () => seen.push('given up'),
  });
});

afterEach(() => {
  watch.stop();
  vi.useRealTimers();
});

it('reminds once, then gives up, from the moment that the agent listens', () => {
  vi.advanceTimersByTime(8_900);
  expect(seen).toEqual([]);
  vi.advanceTimersByTime(200);
  expect(seen).toEqual(['Are you still there?']);
  session.agent('speaking');
  vi.advanceTimersByTime(1_500);
  session.agent('listening');
  vi.advanceTimersByTime(4_000);
  expect(seen).toEqual(['Are you still there?']);
  vi.advanceTimersByTime(500);
  expect(seen).toEqual(['Are you still there?', 'given up']);
});

it('begins anew when the caller speaks, and waits while the agent does', () => {
  vi.advanceTimersByTime(8_000);
  session.user('speaking');
  vi.advanceTimersByTime(20_000);
  session.agent('thinking');
  session.user('listening');
  session.agent('speaking');
  vi.advanceTimersByTime(20_000);
  expect(seen).toEqual([]);
  session.agent('listening');
  vi.advanceTimersByTime(8_900);
  expect(seen).toEqual([]);
  vi.advanceTimersByTime(200);
  expect(seen).toHaveLength(1);
});

it('says nothing after it was told to stop', () => {
  watch.stop();
  vi.advanceTimersByTime(60_000);
  expect(seen).toEqual([]);
});

it('says nothing to a caller whose connection is lost, and is patient when it comes back', () => {
  vi.advanceTimersByTime(8_000);
  lost = true;
  vi.advanceTimersByTime(30_000);
  expect(seen).toEqual([]);
  lost = false;
  vi.advanceTimersByTime(8_900);
  expect(seen).toEqual([]);
  vi.advanceTimersByTime(1_200);
  expect(seen).toEqual(['Are you still there?']);
});

it('waits for a caller who has muted the microphone, and not for one who has forgotten it', () => {
  muted = true;
  vi.advanceTimersByTime(60_000);
  expect(seen).toEqual([]);
  muted = false;
  vi.advanceTimersByTime(8_900);
  expect(seen).toEqual([]);
  vi.advanceTimersByTime(1_200);
  expect(seen).toEqual(['Are you still there?']);
  muted = true;
  session.user('speaking');
  session.user('listening');
  vi.advanceTimersByTime(100_000);
  expect(seen).toHaveLength(1);
  vi.advanceTimersByTime(60_000);
  expect(seen).toEqual(['Are you still there?', 'Are you still there?', 'given up']);
});

it('waits as long for one who mutes again, minutes after the first time', () => {
  muted = true;
  vi.advanceTimersByTime(30_000);
  muted = false;
  session.user('speaking');
  vi.advanceTimersByTime(200_000);
  session.user('listening');
  muted = true;
  vi.advanceTimersByTime(100_000);
  expect(seen).toEqual([]);
});

it('neither reminds nor gives up while the caller types, and takes the time from the last key', () => {
  for (let seconds = 0; seconds < 100; seconds += 4) {
    vi.advanceTimersByTime(4_000);
    watch.typing();
  }
  expect(seen).toEqual([]);
  vi.advanceTimersByTime(8_900);
  expect(seen).toEqual([]);
  vi.advanceTimersByTime(6_200);
  expect(seen).toEqual(['Are you still there?', 'given up']);
});

it('goes on waiting when somebody types after the reminder', () => {
  vi.advanceTimersByTime(14_000);
  watch.typing();
  vi.advanceTimersByTime(8_900);
  expect(seen).toEqual(['Are you still there?']);
});

it('is not kept for ever by a key that hangs', () => {
  for (let seconds = 0; seconds < 330; seconds += 3) {
    vi.advanceTimersByTime(3_000);
    watch.typing();
  }
  expect(seen).toEqual(['Are you still there?', 'given up']);
});

it('gives a caller who reads the time to, of every text but the reminder', () => {
  isWritten = true;
  const text = 'x'.repeat(100);
  session.agent('speaking');
  session.says(text);
  session.agent('listening');
  session.says(text);
  vi.advanceTimersByTime(12_000 + 8_900);
  expect(seen).toEqual([]);
  vi.advanceTimersByTime(200);
  expect(seen).toEqual(['Are you still there?']);
  session.says('Are you still there?');
  vi.advanceTimersByTime(5_900);
  expect(seen).toEqual(['Are you still there?', 'given up']);
});

it('takes a caller who writes for one who has read', () => {
  isWritten = true;
  for (let turn = 0; turn < 5; turn += 1) {
    session.agent('speaking');
    session.says('x'.repeat(800));
    session.agent('listening');
    vi.advanceTimersByTime(5_000);
    session.says('Go on.', 'user');
    session.agent('thinking');
  }
  session.agent('listening');
  vi.advanceTimersByTime(8_900);
  expect(seen).toEqual([]);
  vi.advanceTimersByTime(200);
  expect(seen).toEqual(['Are you still there?']);
});

it('goes by the settings of the agent that takes over, and begins the silence anew', () => {
  vi.advanceTimersByTime(10_000);
  speaking.take({
    settings: { ...settings, reminder_message_interval: 3, end_call_on_silence_sec: 20 },
  });
  vi.advanceTimersByTime(2_900);
  expect(seen).toEqual(['Are you still there?']);
  vi.advanceTimersByTime(200);
  expect(seen).toHaveLength(2);
  vi.advanceTimersByTime(16_800);
  expect(seen).toHaveLength(2);
  vi.advanceTimersByTime(200);
  expect(seen.at(-1)).toBe('given up');
});
