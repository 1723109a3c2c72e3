/** Gives the agent what was typed, as if it had been said. */
import { llm } from '@livekit/agents';
import type { voice } from '@livekit/agents';

const typed = new WeakSet<llm.ChatMessage>();

/** What was typed, as a message of a session's. */
export function typedMessage(text: string): llm.ChatMessage {
  const message = llm.ChatMessage.create({ role: 'user', content: text });
  typed.add(message);
  return message;
}

/** Interrupts the agent where that is allowed; elsewhere the answer comes after what it is saying. Throws when the session is over. */
export function typeInto(
  session: Pick<voice.AgentSession, 'interrupt' | 'generateReply'>,
  text: string,
): void {
  try {
    session.interrupt();
  } catch {
    // It may not be interrupted.
  }
  session.generateReply({ userInput: typedMessage(text) });
}

/** Whether a message of the session's was typed. */
export function isTyped(message: llm.ChatMessage): boolean {
  return typed.has(message);
}
