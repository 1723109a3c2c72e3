/** Reads what the agent tells the page of itself. */
import type {
  AgentChangeMessage,
  CallTransferMessage,
  FunctionCallMessage,
} from '../wire/client-tool.js';
import type { MediaListener } from './media-port.js';

/** The topic of transfers, which come as a text; the others are packets. */
export const TRANSFER_TOPIC = 'dialnexa.transfer';

/** Passes a message on; any other topic is not its business. */
export function readMessage(
  topic: string | undefined,
  json: string,
  happened: MediaListener['happened'],
): void {
  if (topic === 'dialnexa.function') {
    const { name, status } = JSON.parse(json) as FunctionCallMessage;
    happened('functionCall', { name, status });
  } else if (topic === 'dialnexa.agent') {
    const { agent_id, agent_name } = JSON.parse(json) as AgentChangeMessage;
    happened('agentChange', { agentId: agent_id, agentName: agent_name });
  } else if (topic === TRANSFER_TOPIC) {
    const { name, destinations } = JSON.parse(json) as CallTransferMessage;
    happened('transfer', { name, destinations });
  }
}
