/** A language model without an account: an `llm.LLM` of the agent framework on what a version says. */
import { DEFAULT_API_CONNECT_OPTIONS, llm } from '@livekit/agents';
import type { APIConnectOptions } from '@livekit/agents';
import type { AgentFunction } from '../../../sdk/wire/agent.js';
import type { TurnNotes } from '../report/turn-notes.js';
import { startOfDialogue } from './dialogue/dialogue-state.js';
import type { DialogueStep } from './dialogue/dialogue-state.js';
import type { OfflineTalk } from './knowledge/offline-talk.js';

/** What the published version says. */
export interface OfflineLlmOptions {
  talk: OfflineTalk;
  /** What was said before the caller spoke; "say that again" repeats it. */
  greeting: string | null;
  functions: readonly AgentFunction[];
  notes?: TurnNotes;
  /** Puts into a reply what is known by then. */
  fill?: (text: string) => string;
  /** What was said before this time was said to another agent: milliseconds of this clock. */
  since?: number;
}

/** Answers from the whole conversation so far, so that asking twice gives the same answer. */
export class OfflineLlm extends llm.LLM {
  readonly #options: OfflineLlmOptions;

  constructor(options: OfflineLlmOptions) {
    super();
    this.#options = options;
  }

  override label(): string {
    return 'offline.Llm';
  }

  override get model(): string {
    return 'dialogue';
  }

  override get provider(): string {
    return 'offline';
  }

  override chat(request: {
    chatCtx: llm.ChatContext;
    toolCtx?: llm.ToolContextLike;
    connOptions?: APIConnectOptions;
  }): llm.LLMStream {
    const { chatCtx, toolCtx, connOptions = DEFAULT_API_CONNECT_OPTIONS } = request;
    const { functions, fill = (text: string) => text } = this.#options;
    const nameOf = (action: DialogueStep['action']): string | undefined =>
      functions.find(({ type }) => type === action)?.name;
    return new OfflineAnswer(
      this,
      { chatCtx, ...(toolCtx ? { toolCtx } : {}), connOptions },
      this.#lastStep(chatCtx),
      nameOf,
      fill,
    );
  }

  /** `null` when it is not the caller who spoke last. */
  async #lastStep(chatCtx: llm.ChatContext): Promise<DialogueStep | null> {
    const { since = 0 } = this.#options;
    const items = chatCtx.items.filter((item) => isTalk(item) && item.createdAt >= since);
    const last = items.at(-1);
    if (last?.type !== 'message' || last.role !== 'user') return null;
    let state = startOfDialogue(this.#options.greeting);
    let step: DialogueStep | null = null;
    for (const item of items) {
      if (item.type !== 'message' || item.role !== 'user') continue;
      step = await this.#options.talk.step(state, item.textContent ?? '');
      state = step.state;
    }
    if (step?.intent) this.#options.notes?.intent(last.id, step.intent);
    if (step?.fact) this.#options.notes?.facts(last.id, [step.fact]);
    return step;
  }
}

/** What was said, and what was done for it; not what the agent is, or was told. */
function isTalk(item: llm.ChatItem): boolean {
  if (item.type === 'message') return item.role === 'user' || item.role === 'assistant';
  return item.type === 'function_call' || item.type === 'function_call_output';
}

class OfflineAnswer extends llm.LLMStream {
  readonly #step: Promise<DialogueStep | null>;
  readonly #nameOf: (action: DialogueStep['action']) => string | undefined;
  readonly #fill: (text: string) => string;

  constructor(
    model: OfflineLlm,
    request: ConstructorParameters<typeof llm.LLMStream>[1],
    step: Promise<DialogueStep | null>,
    nameOf: (action: DialogueStep['action']) => string | undefined,
    fill: (text: string) => string,
  ) {
    super(model, request);
    this.#step = step;
    this.#nameOf = nameOf;
    this.#fill = fill;
  }

  protected override async run(): Promise<void> {
    const id = `answer_${Date.now()}`;
    const step = await this.#step;
    if (step?.reply) {
      this.queue.put({ id, delta: { role: 'assistant', content: this.#fill(step.reply) } });
    }
    const call = step?.action ? this.#nameOf(step.action) : undefined;
    if (call !== undefined) {
      const args = JSON.stringify(step?.transferTo ? { agent_id: step.transferTo } : {});
      const toolCalls = [llm.FunctionCall.create({ callId: `${id}_call`, name: call, args })];
      this.queue.put({ id, delta: { role: 'assistant', toolCalls } });
    }
    this.queue.close();
  }
}
