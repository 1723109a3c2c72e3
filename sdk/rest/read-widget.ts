/** Reads what the published version says of the element. */
import type { CheckedOptions } from '../check-options.js';
import type { WidgetSettings } from '../wire/widget.js';
import { send } from './core/send.js';
import { errorOfAnswer } from './error-of-answer.js';

const TIMEOUT_MS = 10_000;

/** The address to ask for the version that these options name. */
export function widgetAddress({ serverUrl, request }: CheckedOptions): string {
  const names = ['agent_version_id', 'agent_id', 'agent_version_number'] as const;
  const query = new URLSearchParams();
  for (const name of names) if (request[name]) query.set(name, String(request[name]));
  return `${serverUrl}/v1/widget?${query}`;
}

/** Rejects with `CallError`, or as `fetch` does. What it resolves with comes from outside, and may be anything of that kind. */
export async function readWidget(
  address: string,
  { apiKey, fetch }: Pick<CheckedOptions, 'apiKey' | 'fetch'>,
): Promise<WidgetSettings> {
  const headers = { authorization: `Bearer ${apiKey}` };
  const answer = await send(fetch, address, { headers, timeoutMs: TIMEOUT_MS });
  const { widget } = (answer.json ?? {}) as { widget?: WidgetSettings };
  if (answer.response.ok && typeof widget === 'object' && widget !== null) return widget;
  throw errorOfAnswer(answer);
}
