/** Gives the agent what was typed, as if it had been said. */
import { llm } from '@livekit/agents';
import type { voice } from '@livekit/agents';

const typed = new WeakSet<llm.ChatMessage>();

/** Interrupts the agent where that is allowed; elsewhere the answer comes after what it is saying. Throws when the session is over. */
export function typeInto(session: voice.AgentSession, text: string): void {
  try {
    session.interrupt();
  } catch {
    // It may not be interrupted.
  }
  const userInput = llm.ChatMessage.create({ role: 'user', content: text });
  typed.add(userInput);
  session.generateReply({ userInput });
}

/** Whether a message of the session's was typed. */
export function isTyped(message: llm.ChatMessage): boolean {
  return typed.has(message);
}
