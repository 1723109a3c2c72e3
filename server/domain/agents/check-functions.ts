/** Whether the functions of a version can do what they are there for. */
import type {
  CallTransferFunction,
  CustomFunction,
  VersionSettings,
} from '../../../sdk/wire/agent.js';
import { addressFault } from '../templates/function-address.js';
import { headerFaults } from '../templates/function-headers.js';

/** One sentence a fault. `reachable`: agents that calls may be handed to. */
export function functionFaults(
  { functions, dialogue }: VersionSettings,
  reachable: ReadonlySet<string>,
): string[] {
  const transfer = functions.find((one) => one.type === 'call_transfer');
  const offered = (transfer?.config.agents ?? []).map(({ agent_id }) => agent_id);
  const intents = (dialogue?.intents ?? []).flatMap(({ name, transfer_to: to }) =>
    to === undefined || offered.includes(to)
      ? []
      : [
          `dialogue: the intent ${name} transfers to ${to}, which the call_transfer function does not name.`,
        ],
  );
  return [
    ...functions.flatMap((one, index) => {
      const field = `functions[${index}].config`;
      if (one.type === 'custom') return requestFaults(one, field);
      return one.type === 'call_transfer' ? transferFaults(one, field, reachable) : [];
    }),
    ...intents,
  ];
}

function requestFaults({ config }: CustomFunction, field: string): string[] {
  const fault = addressFault(`${field}.url`, config.url);
  const isSilent = config.speak_during_execution === true && !config.holding_message?.trim();
  return [
    ...(fault ? [fault] : []),
    ...headerFaults(`${field}.headers`, config.headers),
    ...(isSilent ? [`${field}.holding_message: needed when speak_during_execution is true.`] : []),
  ];
}

function transferFaults(
  { config }: CallTransferFunction,
  field: string,
  reachable: ReadonlySet<string>,
): string[] {
  return (config.agents ?? []).flatMap(({ agent_id }, index) =>
    reachable.has(agent_id)
      ? []
      : [`${field}.agents[${index}]: no published version of ${agent_id} is in this workspace.`],
  );
}
