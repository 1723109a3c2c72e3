/** What the server is told of a caller's turn that is understood late. */
import { EventEmitter } from 'node:events';
import { llm, voice } from '@livekit/agents';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { reportCall } from '../../../server/agent/report/call-report.js';
import { typeInto } from '../../../server/agent/typed/type-into.js';
import type { ReportQueue, UnnumberedEvent } from '../../../server/agent/report/report-queue.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function begin() {
  const told: UnnumberedEvent[] = [];
  const session = new EventEmitter();
  const queue = { push: (event: UnnumberedEvent) => void told.push(event) } as ReportQueue;
  const nobody = { takeTurn: () => ({ transcriber: null, llm: null, voice: null }) };
  const report = reportCall(session as unknown as voice.AgentSession, queue, nobody, 0, () => null);
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
