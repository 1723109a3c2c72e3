/** How long a language model is waited for that sends something all the time. */
import { initializeLogger, llm } from '@livekit/agents';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ProviderWatch } from '../../../server/agent/providers/provider-watch.js';
import { WatchedLlm } from '../../../server/agent/providers/watched-llm.js';

const TIMEOUT_MS = 10_000;
const usage = {
  completionTokens: 1,
  promptTokens: 1,
  promptCachedTokens: 0,
  totalTokens: 2,
};
const said = (content: string): Said => ({ delta: { role: 'assistant', content } });
const called = (args: string): Said => ({
  delta: {
    role: 'assistant',
    toolCalls: [llm.FunctionCall.create({ callId: 'c', name: 'f', args })],
  },
});
type Said = Omit<llm.ChatChunk, 'id'>;

beforeEach(() => {
  initializeLogger({ pretty: false, level: 'silent' });
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** Says one thing after another, and the last one without end. */
class Talker extends llm.LLM {
  readonly everyMs: number;
  readonly words: readonly Said[];

  constructor(everyMs: number, words: readonly Said[]) {
    super();
    this.everyMs = everyMs;
    this.words = words;
  }

  override label(): string {
    return 'talker';
  }

  override chat({ chatCtx, connOptions }: Parameters<llm.LLM['chat']>[0]): llm.LLMStream {
    return new Talk(this, { chatCtx, connOptions: connOptions as never });
  }
}

class Talk extends llm.LLMStream {
  readonly #talker: Talker;

  constructor(talker: Talker, options: ConstructorParameters<typeof llm.LLMStream>[1]) {
    super(talker, options);
    this.#talker = talker;
  }

  protected override async run(): Promise<void> {
    const { words, everyMs } = this.#talker;
    for (let i = 0; !this.abortController.signal.aborted; i += 1) {
      this.queue.put({ id: 'talk', ...(words[Math.min(i, words.length - 1)] as Said) });
      await new Promise((resolve) => setTimeout(resolve, everyMs));
    }
  }
}

it.each([
  ['nothing but usage', 400, [{ usage }], 10, '', /no word came within 10000 ms/],
  ['nothing but spaces', 400, [said('\n')], 10, '', /no word came within 10000 ms/],
  ['usage behind its words', 400, [said('Hi.'), { usage }], 3, 'Hi.', /forgot to end/],
  ['spaces behind its words', 400, [said('Hi.'), said(' ')], 3, 'Hi.', /forgot to end/],
  ['more than can be heard', 400, [said('a'.repeat(20_001))], 0, '', /20000 characters/],
  ['more than can be done', 400, [called('a'.repeat(20_001))], 0, '', /20000 characters/],
  ['a letter now and then', 2_500, [said('a')], 5, 'aaa', /too slowly/],
] satisfies [string, number, Said[], number, string, RegExp][])(
  'that says %s is not waited for without end',
  async (_, everyMs, words, seconds, text, why) => {
    const told: string[] = [];
    const watch = new ProviderWatch({
      recognised: () => undefined,
      failed: ({ error }) => told.push(error),
      apologise: () => undefined,
      giveUp: () => undefined,
    });
    const model = new WatchedLlm(new Talker(everyMs, words), 'talker', watch);
    const connOptions = { maxRetry: 0, retryIntervalMs: 1, timeoutMs: TIMEOUT_MS };
    const answer = model.chat({ chatCtx: llm.ChatContext.empty(), connOptions }).collect();
    await vi.advanceTimersByTimeAsync(seconds * 1000 + 500);
    expect(told).toEqual([expect.stringMatching(why)]);
    expect(await answer).toMatchObject({ text, toolCalls: [] });
  },
);
