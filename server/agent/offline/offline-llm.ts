/** A language model without an account: an `llm.LLM` of the agent framework on a dialogue's data. */
import { DEFAULT_API_CONNECT_OPTIONS, llm } from '@livekit/agents';
import type { APIConnectOptions } from '@livekit/agents';
import type { AgentFunction } from '../../../sdk/wire/agent.js';
import type { Dialogue } from '../../../sdk/wire/dialogue.js';
import { createDialogue } from './dialogue/create-dialogue.js';
import type { DialogueEngine } from './dialogue/create-dialogue.js';
import { startOfDialogue } from './dialogue/dialogue-state.js';
import type { DialogueStep } from './dialogue/dialogue-state.js';

/** What the published version says. */
export interface OfflineLlmOptions {
  dialogue: Dialogue;
  /** What was said before the caller spoke; "say that again" repeats it. */
  greeting: string | null;
  functions: readonly AgentFunction[];
  /** Told which intent a caller's message was taken for, by the message's id. */
  onIntent?: (messageId: string, intent: string) => void;
}

/** Answers from the whole conversation so far, so that asking twice gives the same answer. */
export class OfflineLlm extends llm.LLM {
  readonly #engine: DialogueEngine;
  readonly #options: OfflineLlmOptions;

  constructor(options: OfflineLlmOptions) {
    super();
    this.#engine = createDialogue(options.dialogue);
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
    const step = this.#lastStep(chatCtx);
    const action = step?.action;
    const call = action
      ? this.#options.functions.find((agentFunction) => agentFunction.type === action)?.name
      : undefined;
    return new OfflineAnswer(
      this,
      { chatCtx, ...(toolCtx ? { toolCtx } : {}), connOptions },
      step,
      call,
    );
  }

  /** `null` when it is not the caller who spoke last. */
  #lastStep(chatCtx: llm.ChatContext): DialogueStep | null {
    const items = chatCtx.items.filter((item) => item.type !== 'agent_handoff');
    const last = items.at(-1);
    if (last?.type !== 'message' || last.role !== 'user') return null;
    let state = startOfDialogue(this.#options.greeting);
    let step: DialogueStep | null = null;
    for (const item of items) {
      if (item.type !== 'message' || item.role !== 'user') continue;
      step = this.#engine.step(state, item.textContent ?? '');
      state = step.state;
    }
    if (step?.intent) this.#options.onIntent?.(last.id, step.intent);
    return step;
  }
}

class OfflineAnswer extends llm.LLMStream {
  readonly #step: DialogueStep | null;
  readonly #call: string | undefined;

  constructor(
    model: OfflineLlm,
    request: ConstructorParameters<typeof llm.LLMStream>[1],
    step: DialogueStep | null,
    call: string | undefined,
  ) {
    super(model, request);
    this.#step = step;
    this.#call = call;
  }

  protected override run(): Promise<void> {
    const id = `answer_${Date.now()}`;
    if (this.#step?.reply) {
      this.queue.put({ id, delta: { role: 'assistant', content: this.#step.reply } });
    }
    if (this.#call) {
      const toolCalls = [
        llm.FunctionCall.create({ callId: `${id}_call`, name: this.#call, args: '{}' }),
      ];
      this.queue.put({ id, delta: { role: 'assistant', toolCalls } });
    }
    this.queue.close();
    return Promise.resolve();
  }
}
