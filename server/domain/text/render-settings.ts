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
    dialogue: renderTexts(settings.dialogue, render),
    functions: settings.functions.map((agentFunction) => ({
      ...agentFunction,
      description: render(agentFunction.description),
    })),
  };
}

/** Every text in a piece of data; names of fields stay as they are. */
function renderTexts<T>(value: T, render: (text: string) => string): T {
  if (typeof value === 'string') return render(value) as T;
  if (Array.isArray(value)) return value.map((one: unknown) => renderTexts(one, render)) as T;
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value as Record<string, unknown>).map(
    ([key, one]) => [key, renderTexts(one, render)] as const,
  );
  return Object.fromEntries(entries) as T;
}
