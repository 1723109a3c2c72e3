/** Who speaks first: nobody who has spoken or typed is greeted, and a cough keeps nobody from being greeted. */
import { EventEmitter } from 'node:events';
import type { voice } from '@livekit/agents';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { watchFirstWords } from '../../../server/agent/session/first-words.js';
import type { FirstWords } from '../../../server/agent/session/first-words.js';

class YoungSession extends EventEmitter {
  userState = 'listening';

  user(newState: string): void {
    this.userState = newState;
    this.emit('user_state_changed', { newState });
  }

  words(transcript: string, isFinal = true): void {
    this.emit('user_input_transcribed', { transcript, isFinal });
  }
}

let session: YoungSession;
let words: FirstWords;
let spoke: boolean | undefined;

function settle(): void {
  void words.settled().then((answer) => (spoke = answer));
}

beforeEach(() => {
  vi.useFakeTimers();
  session = new YoungSession();
  spoke = undefined;
  words = watchFirstWords(session as unknown as voice.AgentSession);
});

afterEach(() => {
  vi.useRealTimers();
});

it('is the agent, at once, when nothing was heard', async () => {
  settle();
  await vi.advanceTimersByTimeAsync(0);
  expect(spoke).toBe(false);
  expect(session.eventNames()).toEqual([]);
});

it('is the caller who has typed, or whose words came before the agent could speak', async () => {
  words.spoken();
  settle();
  await vi.advanceTimersByTimeAsync(0);
  expect(spoke).toBe(true);
});

it('is waited for while the caller speaks, until there are words', async () => {
  session.user('speaking');
  settle();
  await vi.advanceTimersByTimeAsync(3_000);
  expect(spoke).toBe(undefined);
  session.user('listening');
  await vi.advanceTimersByTimeAsync(800);
  session.words(' Hello? ');
  await vi.advanceTimersByTimeAsync(0);
  expect(spoke).toBe(true);
});

it('is the agent after a cough', async () => {
  session.user('speaking');
  settle();
  await vi.advanceTimersByTimeAsync(300);
  session.user('listening');
  session.words(' ');
  await vi.advanceTimersByTimeAsync(2_900);
  expect(spoke).toBe(undefined);
  await vi.advanceTimersByTimeAsync(200);
  expect(spoke).toBe(false);
});

it('is the agent where it is never quiet', async () => {
  session.user('speaking');
  settle();
  await vi.advanceTimersByTimeAsync(8_100);
  expect(spoke).toBe(false);
});

it('is waited for when there may have been words', async () => {
  words.perhaps();
  settle();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(spoke).toBe(undefined);
  session.words('Hello.');
  await vi.advanceTimersByTimeAsync(0);
  expect(spoke).toBe(true);
});

it('is the agent after words that the recogniser has taken back', async () => {
  session.user('speaking');
  settle();
  session.words('Hel', false);
  await vi.advanceTimersByTimeAsync(300);
  session.user('listening');
  await vi.advanceTimersByTimeAsync(2_900);
  expect(spoke).toBe(undefined);
  await vi.advanceTimersByTimeAsync(200);
  expect(spoke).toBe(false);
});

it('is the caller who is in the middle of a long sentence', async () => {
  session.user('speaking');
  settle();
  for (let second = 0; second < 8; second += 1) {
    session.words('My washing machine has', false);
    await vi.advanceTimersByTimeAsync(1_000);
  }
  expect(spoke).toBe(true);
});
