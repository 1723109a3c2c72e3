/** What an agent says of its own accord. */
import type { voice } from '@livekit/agents';
import type { VersionSettings } from '../../../sdk/wire/agent.js';

/** At the beginning of a call, unless the caller is to speak first. `fill` puts variables in their places. */
export function speakFirst(
  session: voice.AgentSession,
  settings: VersionSettings,
  fill: (text: string) => string,
): void {
  if (settings.conversation_start_type === 'user') return;
  const { welcome_message: welcome } = settings;
  if (settings.conversation_start_type === 'agent_dynamic' && settings.llm.provider !== 'offline') {
    session.generateReply();
  } else if (welcome?.trim()) session.say(fill(welcome), { addToChatCtx: true });
}

/** To a caller who was handed over, and waits for somebody to speak. */
export function takeOver(
  session: voice.AgentSession,
  settings: VersionSettings,
  fill: (text: string) => string,
): void {
  const isModels = settings.llm.provider !== 'offline';
  const isDefined = settings.conversation_start_type === 'agent_defined';
  if (isModels && !isDefined) session.generateReply();
  else if (settings.welcome_message?.trim()) {
    session.say(fill(settings.welcome_message), { addToChatCtx: true });
  }
}
