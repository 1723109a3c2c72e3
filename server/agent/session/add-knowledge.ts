/** Lets an agent know something that nobody has said: for its next answer, and those after that. */
import type { voice } from '@livekit/agents';

/** Nothing is answered to it. */
export async function addKnowledge(agent: voice.Agent, content: string): Promise<void> {
  const known = agent.chatCtx.copy();
  known.addMessage({ role: 'system', content });
  await agent.updateChatCtx(known);
}
