/** The variables of a call, as its agent knows them. */
import type { VersionSettings } from '../../../sdk/wire/agent.js';
import type { VariableValue } from '../../../sdk/wire/web-call.js';
import type { WholeCallRow } from '../ports/rows.js';

/** The version's defaults, replaced by what the call was given, by what its functions `found`, and by the built-in ones. */
export function variablesOf(
  settings: VersionSettings,
  call: Pick<WholeCallRow, 'id' | 'agent_id' | 'agent_name' | 'variables'>,
  found: Record<string, VariableValue> = {},
): Record<string, VariableValue> {
  return {
    ...settings.default_dynamic_variables,
    ...call.variables,
    ...found,
    call_id: call.id,
    agent_id: call.agent_id,
    agent_name: call.agent_name,
    caller_number: '',
  };
}
