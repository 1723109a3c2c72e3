/** What the three processes tell the start command over their channel. */

/** The keys that are shown once. */
export interface FirstRun {
  publishable_key: string;
  secret_key: string;
  agent_id: string;
}

/** The process does its work from now on. */
export interface ReadyMessage {
  type: 'ready';
  page?: string;
  console?: string;
  first_run?: FirstRun;
}

/** A fault that only the user can mend; restarting would not help. */
export interface FaultMessage {
  type: 'fault';
  message: string;
}

export type ChildMessage = ReadyMessage | FaultMessage;

/** Reads a message; `null` for anything else. */
export function readChildMessage(value: unknown): ChildMessage | null {
  if (typeof value !== 'object' || value === null || !('type' in value)) return null;
  if (value.type === 'ready') return value as ReadyMessage;
  if (value.type === 'fault' && 'message' in value && typeof value.message === 'string') {
    return { type: 'fault', message: value.message };
  }
  return null;
}
