/** Gives the agent what was typed, as if it had been said. */
import type { voice } from '@livekit/agents';

/** Interrupts the agent where that is allowed; elsewhere the answer comes after what it is saying. Throws when the session is over. */
export function typeInto(session: voice.AgentSession, text: string): void {
  try {
    session.interrupt();
  } catch {
    // It may not be interrupted.
  }
  session.generateReply({ userInput: text });
}
