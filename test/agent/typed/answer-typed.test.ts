/** What is typed while the agent is at something: whose turn it is, and what may be cut off for it. */
import { EventEmitter } from 'node:events';
import type { llm, voice } from '@livekit/agents';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { answerTyped } from '../../../server/agent/typed/answer-typed.js';
import type { TypedTurns } from '../../../server/agent/typed/answer-typed.js';

/** An answer that lasts until a test ends it. */
class Speech {
  readonly words: string;
  allowInterruptions = true;
  readonly #done: (() => void)[] = [];
  readonly #log: string[];

  constructor(words: string, log: string[]) {
    this.words = words;
    this.#log = log;
  }

  addDoneCallback(done: () => void): void {
    this.#done.push(done);
  }

  interrupt(): void {
    if (!this.allowInterruptions) throw new Error('it may not be interrupted');
    this.#log.push(`cut ${this.words}`);
    this.end();
  }

  end(): void {
    for (const done of this.#done.splice(0)) done();
  }
}

/** A session that answers one thing at a time, and cuts off what it is at when it is told to. */
class TypedSession extends EventEmitter {
  readonly log: string[] = [];
  isOpen = true;
  speech: Speech | null = null;

  interrupt(): void {
    this.speech?.interrupt();
  }

  generateReply({ userInput }: { userInput: llm.ChatMessage }): void {
    if (!this.isOpen) throw new Error('the session is over');
    this.log.push(`ask ${userInput.textContent}`);
    this.create('generate_reply', userInput.textContent ?? '');
  }

  create(source: string, words: string): Speech {
    const speechHandle = new Speech(words, this.log);
    speechHandle.addDoneCallback(() => {
      if (this.speech === speechHandle) this.speech = null;
    });
    this.speech = speechHandle;
    this.emit('speech_created', { speechHandle, source });
    return speechHandle;
  }

  /** The sound of what it is at begins. */
  sound(): void {
    this.emit('agent_state_changed', { newState: 'speaking' });
  }

  said(words: string): void {
    const item = { type: 'message', role: 'user', textContent: words };
    this.emit('conversation_item_added', { item });
  }
}

let session: TypedSession;
let turns: TypedTurns;

beforeEach(() => {
  vi.useFakeTimers();
  session = new TypedSession();
  turns = answerTyped(session as unknown as voice.AgentSession);
});

afterEach(() => {
  vi.useRealTimers();
});

it('is answered one after the other, however fast it comes', () => {
  for (const text of ['one', 'two', 'three']) turns.take(text);
  expect(session.log).toEqual(['ask one']);
  session.sound();
  session.speech?.end();
  session.speech?.end();
  expect(session.log).toEqual(['ask one', 'ask two', 'ask three']);
  session.speech?.end();
  turns.take('four');
  expect(session.log.at(-1)).toBe('ask four');
  expect(turns.stop()).toEqual([]);
});

it('cuts off an answer that could be heard, and what the agent says unasked at once', () => {
  session.create('generate_reply', 'greeting');
  turns.take('one');
  expect(session.log).toEqual(['cut greeting', 'ask one']);
  session.sound();
  vi.advanceTimersByTime(1_900);
  turns.take('two');
  expect(session.log).toHaveLength(2);
  vi.advanceTimersByTime(200);
  turns.take('three');
  expect(session.log.slice(2)).toEqual(['cut one', 'ask two']);
  session.speech?.end();
  expect(session.log.at(-1)).toBe('ask three');
  session.sound();
  vi.advanceTimersByTime(2_100);
  turns.take('four');
  expect(session.log.slice(-2)).toEqual(['cut three', 'ask four']);
  session.speech?.end();
  session.create('say', 'reminder');
  turns.take('five');
  expect(session.log.slice(-2)).toEqual(['cut reminder', 'ask five']);
});

it('waits for the answer to what was said aloud before it', () => {
  const answer = session.create('generate_reply', 'to the voice');
  session.said('How much is it?');
  turns.take('one');
  expect(session.log).toEqual([]);
  answer.end();
  expect(session.log).toEqual(['ask one']);
});

it('follows an answer that may not be cut off', () => {
  turns.take('one');
  const answer = session.speech;
  if (answer) answer.allowInterruptions = false;
  session.sound();
  vi.advanceTimersByTime(2_100);
  turns.take('two');
  turns.take('three');
  // The session itself keeps the second one back until the first has been said.
  expect(session.log).toEqual(['ask one', 'ask two']);
  answer?.end();
  expect(session.log).toHaveLength(2);
  session.speech?.end();
  expect(session.log.at(-1)).toBe('ask three');
});

it('is told at the end where nobody has come to it', () => {
  turns.take('one');
  turns.take('two');
  turns.take('three');
  expect(turns.stop()).toEqual(['two', 'three']);
  session.speech?.end();
  expect(session.log).toEqual(['ask one']);
});

it('is refused by a session that is over, and kept by one that ends meanwhile', () => {
  turns.take('one');
  turns.take('two');
  session.isOpen = false;
  session.speech?.end();
  expect(turns.stop()).toEqual(['two']);
  const late = new TypedSession();
  late.isOpen = false;
  expect(() => answerTyped(late as unknown as voice.AgentSession).take('one')).toThrow(/over/);
});
