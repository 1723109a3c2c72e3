/** A turn as the server keeps it, from what the framework says of a message. */
import type { llm } from '@livekit/agents';
import type { TurnLatency, TurnProviders } from '../../../sdk/wire/call.js';
import type { SpokenSpan } from '../session/speech-detector.js';
import { isTyped } from '../typed/type-into.js';
import { cutText } from './cut-text.js';
import type { UnnumberedEvent } from './report-queue.js';

/** A fact is found again by its beginning. */
const LONGEST_FACT = 500;

/** What a message alone does not tell. */
export interface TurnContext {
  /** Milliseconds to add to this clock to get the server's. */
  clockOffsetMs: number;
  intent: string | null;
  facts: readonly string[] | null;
  /** The caller's message that an agent's message answers. */
  answered: llm.ChatMessage | null;
  /** When the agent's latest sound began, and until when one was heard, in this clock; 0 before it has spoken. */
  heard: { from: number; until: number };
  /** What was heard of the agent since its last turn. */
  heardWords: string;
  /** When the caller was last heard to speak, in this clock. */
  spoken: SpokenSpan | null;
  /** When the message that is answered came to the agent, in this clock, where it had all been said before; else `null`. */
  answerableAt: number | null;
  /** The call's end, in this clock. */
  endsAt: number;
  providers: TurnProviders | null;
  /** Whether the agent writes, and is not heard. */
  isWritten: boolean;
}

/** `null` for messages that nobody said or heard. Seconds become milliseconds. */
export function turnEvent(message: llm.ChatMessage, context: TurnContext): UnnumberedEvent | null {
  const content = heardOf(message, context);
  if (content === '' || (message.role !== 'user' && message.role !== 'assistant')) return null;
  const isAgent = message.role === 'assistant';
  const { started, stopped } = spanOf(message, context);
  // Nobody hears an agent after the call; a caller's words come late and were said before.
  if (isAgent && started >= context.endsAt) return null;
  // An interrupted answer stops in the framework's eyes only once the caller's words are known.
  const isHeard = isAgent && context.heard.until > started;
  const heardUntil = isHeard ? context.heard.until : Infinity;
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
    via: isTyped(message) || context.isWritten ? 'text' : 'speech',
    confidence: isAgent ? null : (message.transcriptConfidence ?? null),
    intent: context.intent,
    facts: context.facts?.map((fact) => cutText(fact, LONGEST_FACT)) ?? null,
    latency: isAgent ? latencyOf(message, context) : null,
    providers: context.providers,
  };
}

/**
 * The framework tells the whole of what it was handed to be said, as a welcome is, however little was heard; of an answer
 * it lacks the word that was cut off.
 */
function heardOf(
  message: llm.ChatMessage,
  { heardWords, isWritten }: Pick<TurnContext, 'heardWords' | 'isWritten'>,
): string {
  const text = message.textContent?.trim() ?? '';
  const words = heardWords.trim();
  const isCut = message.role === 'assistant' && message.interrupted && !isWritten;
  return isCut && (text.startsWith(words) || words.startsWith(text)) ? words : text;
}

/** The framework has no times for a turn that the end of the call cut off before it was over. */
function spanOf(
  message: llm.ChatMessage,
  { spoken, heard }: TurnContext,
): { started: number; stopped: number } {
  if (isTyped(message)) {
    const at = takenAt(message, heard);
    return { started: at, stopped: at };
  }
  const { startedSpeakingAt, stoppedSpeakingAt } = message.metrics;
  const isUntimed = startedSpeakingAt === undefined || stoppedSpeakingAt === undefined;
  if (message.role === 'user' && spoken && isUntimed) {
    return { started: spoken.startedAt, stopped: spoken.endedAt };
  }
  return {
    started: startedSpeakingAt === undefined ? message.createdAt : startedSpeakingAt * 1000,
    stopped: stoppedSpeakingAt === undefined ? Date.now() : stoppedSpeakingAt * 1000,
  };
}

/** What is typed has no length, and is taken as soon as the agent is silent. */
function takenAt({ createdAt }: llm.ChatMessage, heard: TurnContext['heard']): number {
  return heard.from <= createdAt ? Math.max(createdAt, heard.until) : createdAt;
}

/** Of what was said before the agent was there, the framework knows no end of speech: then nothing was waited for but the agent. */
function latencyOf(
  { metrics }: llm.ChatMessage,
  { answered, answerableAt }: TurnContext,
): TurnLatency | null {
  const { llmNodeTtft, ttsNodeTtfb, startedSpeakingAt, e2eLatency } = metrics;
  const stages = { llm_ms: ms(llmNodeTtft), tts_ms: ms(ttsNodeTtfb) };
  if (answered && answerableAt !== null && startedSpeakingAt !== undefined) {
    const since = answerableAt / 1000;
    return {
      ...stages,
      end_of_turn_ms: ms(answered.createdAt / 1000 - since),
      stt_ms: null,
      total_ms: ms(startedSpeakingAt - since),
    };
  }
  if (e2eLatency === undefined) return null;
  return {
    ...stages,
    end_of_turn_ms: ms(answered?.metrics.endOfTurnDelay),
    stt_ms: ms(answered?.metrics.transcriptionDelay),
    total_ms: ms(e2eLatency),
  };
}

function ms(seconds: number | undefined): number | null {
  return seconds === undefined ? null : Math.max(0, Math.round(seconds * 1000));
}
