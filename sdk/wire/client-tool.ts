/** Types of what page and agent tell each other about functions and agents; their comments name method or topic. */
export type {
  AgentChangeMessage,
  CallTransferMessage,
  ClientToolCall,
  ClientToolOffer,
  ClientToolRefusal,
  ClientToolsTaken,
  FunctionCallMessage,
} from './generated.js';
