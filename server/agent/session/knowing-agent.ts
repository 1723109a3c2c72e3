/** An agent whose language model is told, turn by turn, the facts of the version that fit what the caller asked. */
import { voice } from '@livekit/agents';
import type { llm } from '@livekit/agents';
import type { VersionSettings } from '../../../sdk/wire/agent.js';
import type { Embedder } from '../offline/embedding/embedder.js';
import { createFactSearch } from '../offline/knowledge/create-fact-search.js';
import type { FactSearch } from '../offline/knowledge/fact-search.js';
import type { TurnNotes } from '../report/turn-notes.js';

/** The offline model searches by itself, and a version without facts has nothing to add. */
export function createAgent(
  settings: VersionSettings,
  options: ConstructorParameters<typeof voice.Agent>[0],
  embedder: Embedder | null,
  notes: Pick<TurnNotes, 'facts'>,
): voice.Agent {
  const { knowledge = [], llm: model } = settings;
  if (model.provider === 'offline' || knowledge.length === 0) return new voice.Agent(options);
  return new KnowingAgent(options, createFactSearch(knowledge, embedder), notes);
}

class KnowingAgent extends voice.Agent {
  readonly #facts: FactSearch;
  readonly #notes: Pick<TurnNotes, 'facts'>;

  constructor(
    options: ConstructorParameters<typeof voice.Agent>[0],
    facts: FactSearch,
    notes: Pick<TurnNotes, 'facts'>,
  ) {
    super(options);
    this.#facts = facts;
    this.#notes = notes;
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
    if (asked?.type !== 'message') return chatCtx;
    const { related } = await this.#facts.find(asked.textContent ?? '');
    if (related.length === 0) return chatCtx;
    this.#notes.facts(asked.id, related);
    const told = chatCtx.copy();
    const content = `What is known, and may answer this:\n${related.map((fact) => `- ${fact}`).join('\n')}`;
    told.addMessage({ role: 'system', content, createdAt: asked.createdAt - 1 });
    return told;
  }
}
