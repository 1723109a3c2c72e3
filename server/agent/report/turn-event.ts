/** A turn as the server keeps it, from what the framework says of a message. */
import type { llm } from '@livekit/agents';
import type { TurnLatency } from '../../../sdk/wire/call.js';
import type { SpokenSpan } from '../session/speech-detector.js';
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
  /** What was heard of the agent since its last turn. */
  heardWords: string;
  /** When the caller was last heard to speak, in this clock. */
  spoken: SpokenSpan | null;
  /** The call's end, in this clock. */
  endsAt: number;
}

/** `null` for messages that nobody said or heard. Seconds become milliseconds. */
export function turnEvent(message: llm.ChatMessage, context: TurnContext): UnnumberedEvent | null {
  const content = heardOf(message, context.heardWords.trim());
  if (content === '' || (message.role !== 'user' && message.role !== 'assistant')) return null;
  const isAgent = message.role === 'assistant';
  const { started, stopped } = spanOf(message, context.spoken);
  // Nobody hears an agent after the call; a caller's words come late and were said before.
  if (isAgent && started >= context.endsAt) return null;
  // An interrupted answer stops in the framework's eyes only once the caller's words are known.
  const isHeard = isAgent && context.heardUntil > started;
  const heardUntil = isHeard ? context.heardUntil : Infinity;
  const ended = Math.min(stopped, heardUntil, context.endsAt);
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
function heardOf(message: llm.ChatMessage, words: string): string {
  const text = message.textContent?.trim() ?? '';
  const isCut = message.role === 'assistant' && message.interrupted;
  return isCut && text.startsWith(words) ? words : text;
}

/** The framework has no times for a turn that the end of the call cut off before it was over. */
function spanOf(
  message: llm.ChatMessage,
  spoken: SpokenSpan | null,
): { started: number; stopped: number } {
  const { startedSpeakingAt, stoppedSpeakingAt } = message.metrics;
  // What is typed comes without a confidence.
  const isSpoken = message.role === 'user' && message.transcriptConfidence !== undefined;
  if (isSpoken && spoken && (startedSpeakingAt === undefined || stoppedSpeakingAt === undefined)) {
    return { started: spoken.startedAt, stopped: spoken.endedAt };
  }
  return {
    started: startedSpeakingAt === undefined ? message.createdAt : startedSpeakingAt * 1000,
    stopped: stoppedSpeakingAt === undefined ? Date.now() : stoppedSpeakingAt * 1000,
  };
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
