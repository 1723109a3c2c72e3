/** A version's texts with one call's variables in their places. */
import type { VersionSettings } from '../../../sdk/wire/agent.js';
import type { VariableValue } from '../../../sdk/wire/web-call.js';
import { renderTemplate } from './render-template.js';

/** Prompt, welcome message and the functions' descriptions, ready to be used. */
export function renderSettings(
  settings: VersionSettings,
  variables: Record<string, VariableValue>,
): VersionSettings {
  const render = (text: string): string => renderTemplate(text, variables);
  return {
    ...settings,
    prompt: render(settings.prompt),
    welcome_message: settings.welcome_message === null ? null : render(settings.welcome_message),
    functions: settings.functions.map((agentFunction) => ({
      ...agentFunction,
      description: render(agentFunction.description),
    })),
  };
}
