/** A version's texts with one call's variables in their places. */
import type { AgentFunction, CustomFunction, VersionSettings } from '../../../sdk/wire/agent.js';
import type { VariableValue } from '../../../sdk/wire/web-call.js';
import { renderAddress } from './function-address.js';
import { renderHeaders } from './function-headers.js';
import { mapTexts } from './map-texts.js';
import { renderTemplate } from './render-template.js';

type Values = Record<string, VariableValue>;

/** The settings whose texts may hold `{{variables}}`, by their names. */
export const TEMPLATE_FIELDS = [
  'prompt',
  'welcome_message',
  'voicemail_message',
  'functions',
  'post_call_analysis',
  'dialogue',
  'knowledge',
] as const satisfies (keyof VersionSettings)[];

/** Characters that values may take in all texts together: one value, set many times, must not fill a process. */
const MOST_VALUE_TEXT = 1_000_000;

/**
 * Every text of the template fields, ready to be used. Values over a million characters in all are left out. What functions
 * find in their answers (`response_variables`) is for the agent to put in, and stays as it is written.
 */
export function renderSettings(settings: VersionSettings, values: Values): VersionSettings {
  let left = MOST_VALUE_TEXT;
  const later = new Set(settings.functions.flatMap(responseNames));
  const isLater = (name: string): boolean => later.has(name);
  const within = (value: string): string => {
    left -= value.length;
    // No value may have what is found later put into it.
    if (left < 0) return '';
    return later.size > 0 ? value.replaceAll('{{', '{ {') : value;
  };
  const render = (text: string): string => renderTemplate(text, values, within, isLater);
  const rendered = TEMPLATE_FIELDS.map((field) => [field, mapTexts(settings[field], render)]);
  return {
    ...settings,
    // Each entry is the field of the same name.
    ...(Object.fromEntries(rendered) as Pick<VersionSettings, (typeof TEMPLATE_FIELDS)[number]>),
    functions: settings.functions.map((one) => renderFunction(one, values, render, isLater)),
  };
}

function renderFunction(
  agentFunction: AgentFunction,
  values: Values,
  render: (text: string) => string,
  isLater: (name: string) => boolean,
): AgentFunction {
  const rendered = mapTexts(agentFunction, render);
  if (agentFunction.type !== 'custom' || rendered.type !== 'custom') return rendered;
  const request = renderRequest(agentFunction.config, values, isLater);
  return { ...rendered, config: { ...rendered.config, ...request } };
}

/** A value from a page may neither reach another address nor add a header. */
function renderRequest(
  { url, headers }: CustomFunction['config'],
  values: Values,
  isLater: (name: string) => boolean,
): Pick<CustomFunction['config'], 'url' | 'headers'> {
  return {
    url: renderAddress(url, values, isLater),
    ...(headers ? { headers: renderHeaders(headers, values, isLater) } : {}),
  };
}

function responseNames(one: AgentFunction): string[] {
  return one.type === 'custom' ? Object.keys(one.config.response_variables ?? {}) : [];
}
