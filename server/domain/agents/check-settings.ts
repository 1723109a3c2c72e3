/** Rules that look at several settings at once; single fields are checked where they are parsed. */
import type { VersionSettings } from '../../../sdk/wire/agent.js';
import { DomainError } from '../errors/domain-error.js';
import type { DomainPorts } from '../ports/domain-ports.js';
import { textsOf } from '../templates/map-texts.js';
import { TEMPLATE_FIELDS } from '../templates/render-settings.js';
import { templateFaults } from '../templates/render-template.js';
import { functionFaults } from './check-functions.js';
import { providerFaults } from './check-providers.js';
import { widgetFaults } from './check-widget.js';

/** Throws `validation_failed` for settings that no call could run with. */
export function checkSettings(settings: VersionSettings): void {
  const faults: string[] = [];
  if (settings.end_call_on_silence_sec <= settings.reminder_message_interval + 5) {
    faults.push(
      'end_call_on_silence_sec: must exceed reminder_message_interval by more than 5 seconds.',
    );
  }
  faults.push(...templateFaults('prompt', settings.prompt));
  faults.push(...templateFaults('welcome_message', settings.welcome_message ?? ''));
  const names = settings.functions.map((agentFunction) => agentFunction.name);
  if (new Set(names).size < names.length) faults.push('functions: two have the same name.');
  faults.push(...widgetFaults(settings.widget ?? {}));
  if (faults.length > 0) throw DomainError.validationFailed(faults);
}

/**
 * Throws `validation_failed` or `provider_not_configured` for a draft that callers may not reach yet. `reachable`: agents that
 * calls may be handed to.
 */
export function checkPublishable(
  ports: Pick<DomainPorts, 'isProviderConfigured'>,
  settings: VersionSettings,
  reachable: ReadonlySet<string>,
): void {
  checkSettings(settings);
  const faults = TEMPLATE_FIELDS.flatMap((field) => textsOf(field, settings[field])).flatMap(
    ({ path, text }) => templateFaults(path, text),
  );
  faults.push(...functionFaults(settings, reachable));
  if (settings.conversation_start_type === 'agent_defined' && !settings.welcome_message?.trim()) {
    faults.push('welcome_message: needed when the agent speaks first with a defined message.');
  }
  if (settings.llm.provider === 'offline' && !knowsSomething(settings)) {
    faults.push(
      'prompt: needed when llm.provider is offline, unless knowledge or a dialogue says what the agent knows.',
    );
  }
  if (settings.llm.provider !== 'offline' && !settings.prompt.trim()) {
    faults.push('prompt: needed when a language model answers.');
  }
  const { wrong, missing } = providerFaults(ports, settings);
  faults.push(...wrong);
  if (faults.length > 0) throw DomainError.validationFailed(faults);
  if (missing.length > 0) throw DomainError.providerNotConfigured(missing);
}

function knowsSomething({ dialogue, knowledge = [], prompt }: VersionSettings): boolean {
  return dialogue !== null || knowledge.length > 0 || prompt.trim() !== '';
}
