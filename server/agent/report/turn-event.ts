/** A turn as the server keeps it, from what the framework says of a message. */
import type { llm } from '@livekit/agents';
import type { TurnLatency } from '../../../sdk/wire/call.js';
import { cutText } from './cut-text.js';
import type { UnnumberedEvent } from './report-queue.js';

/** What a message alone does not tell. */
export interface TurnContext {
  /** Milliseconds to add to this clock to get the server's. */
  clockOffsetMs: number;
  intent: string | null;
  /** The caller's message that an agent's message answers. */
  answered: llm.ChatMessage | null;
  /** When the agent was last heard, in this clock; 0 before it has spoken. */
  heardUntil: number;
  /** What was heard of an answer that was cut off. */
  heardWords: string | undefined;
}

/** `null` for messages that nobody said. Seconds become milliseconds. */
export function turnEvent(message: llm.ChatMessage, context: TurnContext): UnnumberedEvent | null {
  const content = heardOf(message, context.heardWords?.trim());
  if (content === '' || (message.role !== 'user' && message.role !== 'assistant')) return null;
  const { startedSpeakingAt, stoppedSpeakingAt } = message.metrics;
  const isAgent = message.role === 'assistant';
  const started = startedSpeakingAt === undefined ? message.createdAt : startedSpeakingAt * 1000;
  const stopped = stoppedSpeakingAt === undefined ? Date.now() : stoppedSpeakingAt * 1000;
  // An interrupted answer stops in the framework's eyes only once the caller's words are known.
  const isHeard = isAgent && context.heardUntil > started;
  const ended = isHeard ? Math.min(stopped, context.heardUntil) : stopped;
  const at = (ms: number): string => new Date(ms + context.clockOffsetMs).toISOString();
  return {
    type: 'turn',
    turn_id: message.id,
    role: isAgent ? 'agent' : 'user',
    content: cutText(content, 10_000),
    started_at: at(Math.min(started, ended)),
    ended_at: at(ended),
    interrupted: message.interrupted,
    confidence: isAgent ? null : (message.transcriptConfidence ?? null),
    intent: context.intent,
    latency: isAgent ? latencyOf(message, context.answered) : null,
  };
}

/** The framework tells the whole of what it was handed to be said, as a welcome is, however little was heard. */
function heardOf(message: llm.ChatMessage, words: string | undefined): string {
  const text = message.textContent?.trim() ?? '';
  const isCut = message.role === 'assistant' && message.interrupted;
  return isCut && words && text.startsWith(words) ? words : text;
}

function latencyOf(answer: llm.ChatMessage, question: llm.ChatMessage | null): TurnLatency | null {
  const { llmNodeTtft, ttsNodeTtfb, e2eLatency } = answer.metrics;
  if (e2eLatency === undefined) return null;
  return {
    end_of_turn_ms: ms(question?.metrics.endOfTurnDelay),
    stt_ms: ms(question?.metrics.transcriptionDelay),
    llm_ms: ms(llmNodeTtft),
    tts_ms: ms(ttsNodeTtfb),
    total_ms: ms(e2eLatency),
  };
}

function ms(seconds: number | undefined): number | null {
  return seconds === undefined ? null : Math.max(0, Math.round(seconds * 1000));
}
