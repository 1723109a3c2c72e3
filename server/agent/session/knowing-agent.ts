/** An agent whose language model is told, turn by turn, the facts of the version that fit what the caller asked. */
import { voice } from '@livekit/agents';
import type { llm } from '@livekit/agents';
import type { VersionSettings } from '../../../sdk/wire/agent.js';
import { createWordSearch } from '../offline/knowledge/create-word-search.js';
import type { FactSearch } from '../offline/knowledge/fact-search.js';

/** The offline model searches by itself, and a version without facts has nothing to add. */
export function createAgent(
  settings: VersionSettings,
  options: ConstructorParameters<typeof voice.Agent>[0],
): voice.Agent {
  const { knowledge = [], llm: model } = settings;
  if (model.provider === 'offline' || knowledge.length === 0) return new voice.Agent(options);
  return new KnowingAgent(options, createWordSearch(knowledge));
}

class KnowingAgent extends voice.Agent {
  readonly #facts: FactSearch;

  constructor(options: ConstructorParameters<typeof voice.Agent>[0], facts: FactSearch) {
    super(options);
    this.#facts = facts;
  }

  /** Said for this answer alone: what is kept of the conversation does not grow by it. */
  override async llmNode(
    ...[chatCtx, toolCtx, modelSettings]: Parameters<voice.Agent['llmNode']>
  ): ReturnType<voice.Agent['llmNode']> {
    const told = await this.#told(chatCtx);
    return voice.Agent.default.llmNode(this, told, toolCtx, modelSettings);
  }

  async #told(chatCtx: llm.ChatContext): Promise<llm.ChatContext> {
    const asked = chatCtx.items.findLast((item) => item.type === 'message' && item.role === 'user');
    const question = asked?.type === 'message' ? (asked.textContent ?? '') : '';
    const { related } = await this.#facts.find(question);
    if (related.length === 0) return chatCtx;
    const told = chatCtx.copy();
    const content = `What is known, and may answer this:\n${related.map((fact) => `- ${fact}`).join('\n')}`;
    told.addMessage({ role: 'system', content, createdAt: (asked?.createdAt ?? Date.now()) - 1 });
    return told;
  }
}
