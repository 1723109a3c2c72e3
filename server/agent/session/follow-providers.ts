/** What a provider's failure comes to in a conversation. */
import { voice } from '@livekit/agents';
import type { ProviderPart } from '../../environment/compatible-servers.js';
import type { ProviderWatch } from '../providers/provider-watch.js';

const APOLOGIES: Readonly<Partial<Record<ProviderPart, string>>> = {
  transcriber: "I'm sorry, I could not hear that. Please say it again.",
  llm: "I'm sorry, I cannot answer just now. Please try again.",
};

/** Tells the watch of what nobody could do. */
export function followProviders(session: voice.AgentSession, watch: ProviderWatch): void {
  session.on(voice.AgentSessionEventTypes.Error, ({ error }) => {
    const { type, recoverable } = error as { type?: string; recoverable?: boolean };
    if (recoverable !== false) return;
    if (type === 'llm_error') watch.exhausted('llm');
    if (type === 'tts_error') watch.exhausted('voice');
  });
}

/** Says that it did not work: the caller must not wait for an answer that nobody gives. */
export function apologise(session: voice.AgentSession, part: ProviderPart): void {
  const words = APOLOGIES[part];
  if (words !== undefined) session.say(words, { addToChatCtx: true });
}
