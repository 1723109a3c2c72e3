/** Tells the server what is said, in order and in small batches, again while it is away. */
import { retry } from '@dialnexa/web-call/backend';

/**
 * `push` takes an event of `/v1/agent-jobs/{call_id}/events` without its `seq`; `end` hands in what is left
 * and then how the call ended. `serverTime` is the `server_time` of the claim: the server keeps the time.
 */
export function openReport(jobs, jobToken, serverTime) {
  const ahead = new Date(serverTime).getTime() - Date.now();
  const waiting = [];
  let seq = 1;
  let sending = Promise.resolve();

  async function send() {
    while (waiting.length > 0) {
      const batch = waiting.slice(0, 50);
      await patiently(() => jobs.reportEvents(jobToken, batch));
      waiting.splice(0, batch.length);
    }
  }

  return {
    /** A moment of this clock, in the server's, as the server reads it. */
    at: (ms = Date.now()) => new Date(ms + ahead).toISOString(),
    push(event) {
      waiting.push({ ...event, seq });
      seq += 1;
      sending = sending.then(send);
    },
    async end(outcome) {
      await sending;
      await patiently(() => jobs.reportOutcome(jobToken, outcome));
    },
  };
}

/** Tries for a minute; a refusal is final, because the server knows better. */
export function patiently(request) {
  return retry(request, { withinMs: 60_000, slowestMs: 2_000 }).catch((error) => {
    console.error(`the server refuses a report: ${error.code ?? error.message}`);
  });
}

/**
 * A message of the framework's conversation as an event; `null` for one that nobody said or heard. `heard.until`: when
 * the agent was last heard, since an interrupted answer ends in the framework's eyes only once the caller's words are
 * known. `heard.words`: what was played of it, since the framework tells the whole of what it was handed to be said.
 */
export function turnOf(message, question, at, heard) {
  const text = message.textContent?.trim() ?? '';
  const words = heard.words.trim();
  const isCut = message.role === 'assistant' && message.interrupted && text.startsWith(words);
  const content = isCut ? words : text;
  if (!content || (message.role !== 'user' && message.role !== 'assistant')) return null;
  const { startedSpeakingAt, stoppedSpeakingAt, e2eLatency, llmNodeTtft, ttsNodeTtfb } =
    message.metrics;
  const started = startedSpeakingAt ? startedSpeakingAt * 1000 : message.createdAt;
  const stopped = stoppedSpeakingAt ? stoppedSpeakingAt * 1000 : Date.now();
  const isHeard = message.role === 'assistant' && heard.until > started;
  const ended = isHeard ? Math.min(stopped, heard.until) : stopped;
  const ms = (seconds) => (seconds === undefined ? null : Math.max(0, Math.round(seconds * 1000)));
  return {
    type: 'turn',
    turn_id: message.id,
    role: message.role === 'user' ? 'user' : 'agent',
    content,
    started_at: at(Math.min(started, ended)),
    ended_at: at(ended),
    interrupted: message.interrupted,
    // What is typed comes without a confidence.
    via: message.role === 'user' && message.transcriptConfidence === undefined ? 'text' : 'speech',
    latency:
      e2eLatency === undefined
        ? null
        : {
            end_of_turn_ms: ms(question?.metrics.endOfTurnDelay),
            stt_ms: ms(question?.metrics.transcriptionDelay),
            llm_ms: ms(llmNodeTtft),
            tts_ms: ms(ttsNodeTtfb),
            total_ms: ms(e2eLatency),
          },
  };
}

/** What a session has used so far, by provider and model, as an event. A figure that is not known is left out. */
export function usageOf(session, at) {
  const known = (figures) => Object.fromEntries(Object.entries(figures).filter(([, n]) => n > 0));
  const providers = session.usage.modelUsage.flatMap((used) => {
    const of = { provider: used.provider || 'unknown', model: used.model || null };
    if (used.type === 'stt_usage') {
      return { kind: 'transcriber', ...of, ...known({ speech_ms: used.audioDurationMs }) };
    }
    if (used.type === 'tts_usage') {
      return { kind: 'voice', ...of, ...known({ characters: used.charactersCount }) };
    }
    if (used.type !== 'llm_usage') return [];
    const tokens = { input_tokens: used.inputTokens, output_tokens: used.outputTokens };
    return { kind: 'llm', ...of, ...known(tokens) };
  });
  return { type: 'usage', at: at(), providers };
}
