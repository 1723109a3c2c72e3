/** Turns what happens in a session into what the server is told. */
import { llm, voice } from '@livekit/agents';
import type { AgentJobFunction, AgentJobTransfer } from '../../../sdk/wire/agent-job.js';
import type { TurnProviders } from '../../../sdk/wire/call.js';
import type { FunctionCalled } from '../functions/build-tools.js';
import type { RecognisedWords } from '../providers/last-words.js';
import type { ProviderWatch } from '../providers/provider-watch.js';
import type { Heard } from '../session/agent-voice.js';
import type { SpokenSpan } from '../session/speech-detector.js';
import { isTyped, typedMessage } from '../typed/type-into.js';
import { placeEarlyTurn } from './place-early-turn.js';
import type { EarlyTurn } from './place-early-turn.js';
import type { ReportQueue, UnnumberedEvent } from './report-queue.js';
import type { TurnNotes } from './turn-notes.js';
import { turnEvent } from './turn-event.js';

/** A caller's turn waits so long for the intent that it is taken for: longer than the offline model, which waits for the embedder, and for facts after that. */
const INTENT_MS = 800;

/** What the rest of the job tells. */
export interface CallReport extends TurnNotes {
  answered(): void;
  functionCalled(called: FunctionCalled): void;
  /** Another agent speaks from now on, or was to. */
  transferred(transfer: Omit<AgentJobTransfer, 'seq' | 'type' | 'at'>): void;
  note(name: string, detail: Record<string, unknown>): void;
  /** What was heard of the agent's turn that is told next. */
  heard: Heard;
  /** Nothing is told that would lie behind this moment of this clock. */
  endAt(moment: number): void;
  /** What was typed too late to be answered. */
  typedLast(texts: readonly string[]): void;
  /** Nothing waits any longer. */
  settle(): void;
  /** What was understood when the session was being closed, where that did not hear it; whatever it hears after that is not told. */
  understoodLate(words: readonly RecognisedWords[]): void;
}

/** When the caller has spoken. */
export interface CallerSpeech {
  /** Whether nobody speaks in this call: it is typed only. */
  isWritten: boolean;
  /** The latest utterance. */
  spoken(): SpokenSpan | null;
  /** What was said before the session listened. */
  early(): EarlyTurn | null;
}

/** Follows the session. `providers` tells who answered; `clockOffsetMs`: what this clock lacks to the server's. */
export function reportCall(
  session: voice.AgentSession,
  queue: ReportQueue,
  providers: Pick<ProviderWatch, 'takeTurn'>,
  clockOffsetMs: number,
  caller: CallerSpeech,
): CallReport {
  const intents = new Map<string, string>();
  const facts = new Map<string, readonly string[]>();
  /** `null`: long enough, but for what the agent is saying. */
  const waiting = new Map<llm.ChatMessage, NodeJS.Timeout | null>();
  const heardBefore = new WeakMap<llm.ChatMessage, typeof heard>();
  const answeredBy = new WeakMap<llm.ChatMessage, TurnProviders>();
  let question: llm.ChatMessage | null = null;
  let hasSpoken = false;
  /** The caller's message that was all said before the session listened, and when that got it. */
  let early: { message: llm.ChatMessage; handedAt: number } | null = null;
  let heard = { from: 0, until: 0 };
  let isHeard = false;
  let heardWords = '';
  let endsAt = Infinity;
  /** What the session has heard of the caller since the end of the call. */
  const heardLast: string[] = [];
  let isAllHeard = false;
  const now = (): string => new Date(Date.now() + clockOffsetMs).toISOString();

  /** Asked as soon as a message is there: the next one may have another voice. */
  function noteProviders(message: llm.ChatMessage): void {
    const role = message.role === 'user' ? 'user' : 'agent';
    answeredBy.set(message, providers.takeTurn(role, !isTyped(message), message.textContent ?? ''));
  }

  function tell(message: llm.ChatMessage): void {
    clearTimeout(waiting.get(message) ?? undefined);
    waiting.delete(message);
    const intent = intents.get(message.id) ?? null;
    const answered = questionOf(message);
    const event = turnEvent(message, {
      clockOffsetMs,
      intent,
      facts: takeFacts(answered),
      answered,
      heard: heardBefore.get(message) ?? heard,
      heardWords,
      spoken: caller.spoken(),
      answerableAt: answered && early?.message === answered ? early.handedAt : null,
      endsAt,
      providers: answeredBy.get(message) ?? null,
      isWritten: caller.isWritten,
    });
    if (message.role === 'assistant') heardWords = '';
    if (event) queue.push(placed(event, message));
  }

  /** Only the first thing that the caller says can be from before. */
  function placed(event: UnnumberedEvent, message: llm.ChatMessage): UnnumberedEvent {
    if (hasSpoken || message.role !== 'user' || isTyped(message)) return event;
    hasSpoken = true;
    const before = caller.early();
    const told = before ? placeEarlyTurn(event, before, clockOffsetMs) : event;
    if (before?.voice.isOver && told !== event) early = { message, handedAt: before.handedAt };
    return told;
  }

  /** The caller's latest message, unless the agent was speaking already when that came. */
  function questionOf(message: llm.ChatMessage): llm.ChatMessage | null {
    const isAnswer = message.role === 'assistant' && question && !isBefore(message, question);
    return isAnswer ? question : null;
  }

  /** They belong to the answer, and not to what the agent says after that. */
  function takeFacts(asked: llm.ChatMessage | null): readonly string[] | null {
    const known = asked && facts.get(asked.id);
    if (asked) facts.delete(asked.id);
    return known ?? null;
  }

  function settle(): void {
    for (const message of [...waiting.keys()]) tell(message);
  }

  /** What is typed while the agent speaks comes after that, and when that is over is not known yet. */
  function tellInTime(message: llm.ChatMessage): void {
    const isOnTop = isHeard && isTyped(message) && heard.from <= message.createdAt;
    if (!isOnTop) return tell(message);
    clearTimeout(waiting.get(message) ?? undefined);
    waiting.set(message, null);
  }

  /** What the agent was saying when a caller's message came is no answer to it: its intent is still to come. */
  function tellWaiting(item: llm.ChatMessage): void {
    for (const [message, timer] of [...waiting]) {
      if (!isBefore(item, message)) tellInTime(message);
      else {
        heardBefore.set(message, heard);
        if (timer === null) tell(message);
      }
    }
  }

  session.on(voice.AgentSessionEventTypes.ConversationItemAdded, ({ item }) => {
    if (item.type !== 'message' || isAllHeard) return;
    noteProviders(item);
    tellWaiting(item);
    if (item.role === 'user') {
      if (Date.now() >= endsAt) heardLast.push(item.textContent ?? '');
      question = item;
      waiting.set(
        item,
        setTimeout(() => tellInTime(item), INTENT_MS),
      );
    } else tell(item);
  });

  function understoodLate(words: readonly RecognisedWords[]): void {
    isAllHeard = true;
    settle();
    for (const { text, confidence } of words) {
      if (heardLast.some((heard) => heard.includes(text))) continue;
      const sure = confidence === undefined ? {} : { transcriptConfidence: confidence };
      const message = llm.ChatMessage.create({ role: 'user', content: [text], ...sure });
      noteProviders(message);
      tell(message);
    }
  }

  function typedLast(texts: readonly string[]): void {
    for (const message of texts.map(typedMessage)) {
      noteProviders(message);
      tell(message);
    }
  }

  return {
    settle,
    typedLast,
    understoodLate,
    heard: {
      from: (at) => {
        heard = { ...heard, from: at };
        isHeard = true;
      },
      until: (at) => void (heard = { ...heard, until: at }),
      words: (text) => {
        isHeard = false;
        heardWords += text;
      },
    },
    endAt: (moment) => void (endsAt = moment),
    answered: () => queue.push({ type: 'answered', at: now() }),
    intent: (messageId, intent) => void intents.set(messageId, intent),
    facts: (messageId, known) => void facts.set(messageId, known),
    functionCalled: ({ name, ok, latencyMs, error, arguments: args, answer, source }) =>
      queue.push({
        type: 'function',
        at: now(),
        name,
        ok,
        latency_ms: latencyMs,
        ...(args === undefined ? {} : { arguments: args }),
        ...(answer === undefined ? {} : { answer: answer as AgentJobFunction['answer'] }),
        ...(error === undefined ? {} : { error }),
        ...(source === undefined ? {} : { source }),
      }),
    transferred: (transfer) => queue.push({ type: 'transfer', at: now(), ...transfer }),
    note: (name, detail) => queue.push({ type: 'note', at: now(), name, detail }),
  };
}

/** Whether the agent began to say it before the caller's message was there. */
function isBefore(item: llm.ChatMessage, message: llm.ChatMessage): boolean {
  return item.role === 'assistant' && item.createdAt < message.createdAt;
}
