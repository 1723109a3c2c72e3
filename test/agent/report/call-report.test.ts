/** What the server is told of a caller's turn that is understood late. */
import { EventEmitter } from 'node:events';
import { llm, voice } from '@livekit/agents';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { reportCall } from '../../../server/agent/report/call-report.js';
import { typeInto } from '../../../server/agent/typed/type-into.js';
import type { EarlyTurn } from '../../../server/agent/report/place-early-turn.js';
import type { ReportQueue, UnnumberedEvent } from '../../../server/agent/report/report-queue.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function begin(early: EarlyTurn | null = null) {
  const told: UnnumberedEvent[] = [];
  const session = new EventEmitter();
  const queue = { push: (event: UnnumberedEvent) => void told.push(event) } as ReportQueue;
  const nobody = { takeTurn: () => ({ transcriber: null, llm: null, voice: null }) };
  const caller = { isWritten: false, spoken: () => null, early: () => early };
  const report = reportCall(session as unknown as voice.AgentSession, queue, nobody, 0, caller);
  const add = (item: llm.ChatMessage): llm.ChatMessage => {
    session.emit(voice.AgentSessionEventTypes.ConversationItemAdded, { item });
    return item;
  };
  return { told, report, add };
}

it('a turn has its intent, though the model waited for the embedder and then for facts', () => {
  const { told, report, add } = begin();
  const item = add(llm.ChatMessage.create({ role: 'user', content: ['When do you open?'] }));
  vi.advanceTimersByTime(700);
  report.intent(item.id, 'opening_hours');
  vi.advanceTimersByTime(1_000);
  expect(told).toMatchObject([{ type: 'turn', role: 'user', intent: 'opening_hours' }]);
});

it('a question that cuts the welcome off has its intent, and its answer the facts', () => {
  const { told, report, add } = begin();
  const welcomedAt = Date.now();
  vi.advanceTimersByTime(2_000);
  const asked = add(llm.ChatMessage.create({ role: 'user', content: ['When do you open?'] }));
  vi.advanceTimersByTime(10);
  report.facts(asked.id, ['We open at nine.']);
  report.heard.words('Hello.');
  const welcome = { content: ['Hello.'], createdAt: welcomedAt, interrupted: true };
  add(llm.ChatMessage.create({ role: 'assistant', ...welcome }));
  report.intent(asked.id, 'opening_hours');
  vi.advanceTimersByTime(100);
  add(llm.ChatMessage.create({ role: 'assistant', content: ['We open at nine.'] }));
  expect(told).toMatchObject([
    { role: 'agent', facts: null },
    { role: 'user', intent: 'opening_hours' },
    { role: 'agent', facts: ['We open at nine.'] },
  ]);
});

it('what is typed while the agent speaks is taken when that is over, with or without its intent', () => {
  for (const isSlow of [false, true]) {
    const { told, report, add } = begin();
    const welcomedAt = Date.now();
    report.heard.from(welcomedAt);
    vi.advanceTimersByTime(1_000);
    typeInto(
      {
        interrupt: () => undefined,
        generateReply: ({ userInput }: { userInput: llm.ChatMessage }) => void add(userInput),
      } as unknown as voice.AgentSession,
      'When do you open?',
    );
    vi.advanceTimersByTime(isSlow ? 3_000 : 100);
    const silentAt = Date.now();
    report.heard.until(silentAt);
    report.heard.words('Hello.');
    add(llm.ChatMessage.create({ role: 'assistant', content: ['Hello.'], createdAt: welcomedAt }));
    vi.advanceTimersByTime(200);
    report.heard.from(Date.now());
    const at = new Date(silentAt).toISOString();
    add(llm.ChatMessage.create({ role: 'assistant', content: ['At nine.'] }));
    expect(told).toContainEqual(
      expect.objectContaining({ role: 'user', via: 'text', started_at: at, ended_at: at }),
    );
    expect(told.filter((event) => event.type === 'turn' && event.role === 'user')).toHaveLength(1);
  }
});

it('what is typed too late for an answer lies within the call', () => {
  const { told, report } = begin();
  const endedAt = Date.now();
  report.endAt(endedAt);
  vi.advanceTimersByTime(50);
  report.typedLast(['And on Sunday?', 'Hello?']);
  const at = new Date(endedAt).toISOString();
  expect(told).toMatchObject(
    ['And on Sunday?', 'Hello?'].map((content) => ({
      ...{ type: 'turn', role: 'user', via: 'text', content },
      ...{ started_at: at, ended_at: at },
    })),
  );
});

/** A question that was heard at once, and its answer; the times are seconds after the session got the sound. */
function askAndAnswer(add: (item: llm.ChatMessage) => llm.ChatMessage, handedAt: number) {
  const seconds = (after: number): number => handedAt / 1_000 + after;
  const asked = { content: ['When do you open?'], createdAt: handedAt + 450 };
  vi.advanceTimersByTime(450);
  // The framework has no times for speech that comes faster than it was said.
  add(llm.ChatMessage.create({ role: 'user', ...asked }));
  const metrics = {
    startedSpeakingAt: seconds(0.9),
    stoppedSpeakingAt: seconds(2),
    llmNodeTtft: 0.1,
    ttsNodeTtfb: 0.2,
  };
  vi.advanceTimersByTime(1_550);
  add(llm.ChatMessage.create({ role: 'assistant', content: ['At nine.'], metrics }));
}

it('what was said before the agent was there counts from when the agent heard it', () => {
  const handedAt = Date.now();
  const voice = { from: handedAt - 4_000, until: handedAt - 2_500, isOver: true };
  const { told, add } = begin({ voice, handedAt });
  askAndAnswer(add, handedAt);
  expect(told).toMatchObject([
    { role: 'user', ended_at: new Date(handedAt - 2_500).toISOString() },
    {
      role: 'agent',
      latency: { end_of_turn_ms: 450, stt_ms: null, llm_ms: 100, tts_ms: 200, total_ms: 900 },
    },
  ]);
});

it('what ended while the agent listened has no latency that nobody measured', () => {
  const handedAt = Date.now();
  const voice = { from: handedAt - 4_000, until: handedAt, isOver: false };
  const { told, add } = begin({ voice, handedAt });
  askAndAnswer(add, handedAt);
  expect(told).toMatchObject([{ role: 'user' }, { role: 'agent', latency: null }]);
});

it('only the first thing that is said can be from before the agent was there', () => {
  const handedAt = Date.now();
  const voice = { from: handedAt - 4_000, until: handedAt - 2_500, isOver: true };
  const { told, report, add } = begin({ voice, handedAt });
  askAndAnswer(add, handedAt);
  askAndAnswer(add, Date.now());
  report.settle();
  const [, , again, answer] = told;
  expect(again).not.toMatchObject({ ended_at: new Date(handedAt - 2_500).toISOString() });
  expect(answer).toMatchObject({ role: 'agent', latency: null });
});

it('what is typed first is not from before, and takes nothing from what was said', () => {
  const handedAt = Date.now();
  const voice = { from: handedAt - 4_000, until: handedAt - 2_500, isOver: true };
  const { told, report, add } = begin({ voice, handedAt });
  typeInto(
    {
      interrupt: () => undefined,
      generateReply: ({ userInput }: { userInput: llm.ChatMessage }) => void add(userInput),
    } as unknown as voice.AgentSession,
    'Hello.',
  );
  report.settle();
  askAndAnswer(add, handedAt);
  expect(told).toMatchObject([
    { via: 'text', ended_at: new Date(handedAt).toISOString() },
    { via: 'speech', ended_at: new Date(handedAt - 2_500).toISOString() },
    { role: 'agent', latency: { total_ms: 900 } },
  ]);
});

it('what is understood after the end is told once, by whoever hears it first', () => {
  const { told, report, add } = begin();
  report.endAt(Date.now());
  add(llm.ChatMessage.create({ role: 'user', content: ['I would like to book'] }));
  report.settle();
  const words = ['I would like to book', 'a repair.'].map((text) => ({ text, confidence: 0.5 }));
  report.understoodLate(words);
  add(llm.ChatMessage.create({ role: 'user', content: ['a repair.'] }));
  report.settle();
  const at = new Date().toISOString();
  expect(told).toMatchObject([
    { role: 'user', content: 'I would like to book' },
    { role: 'user', content: 'a repair.', confidence: 0.5, ended_at: at },
  ]);
  expect(told).toHaveLength(2);
});
