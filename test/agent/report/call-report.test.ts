/** What the server is told of a caller's turn that is understood late. */
import { EventEmitter } from 'node:events';
import { llm, voice } from '@livekit/agents';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { reportCall } from '../../../server/agent/report/call-report.js';
import type { ReportQueue, UnnumberedEvent } from '../../../server/agent/report/report-queue.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('a turn has its intent, though the model waited for the embedder and then for facts', () => {
  const told: UnnumberedEvent[] = [];
  const session = new EventEmitter();
  const queue = { push: (event: UnnumberedEvent) => void told.push(event) } as ReportQueue;
  const nobody = { takeTurn: () => ({ transcriber: null, llm: null, voice: null }) };
  const report = reportCall(session as unknown as voice.AgentSession, queue, nobody, 0, () => null);
  const item = llm.ChatMessage.create({ role: 'user', content: ['When do you open?'] });
  session.emit(voice.AgentSessionEventTypes.ConversationItemAdded, { item });
  vi.advanceTimersByTime(700);
  report.intent(item.id, 'opening_hours');
  vi.advanceTimersByTime(1_000);
  expect(told).toMatchObject([{ type: 'turn', role: 'user', intent: 'opening_hours' }]);
});
