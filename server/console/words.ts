/** The record's words as sentences for operators. */
import type { CallStatus, EndReason } from '../../sdk/wire/call-status.js';
import type { CallRoute, FindingSeverity } from '../../sdk/wire/call.js';

/** A status by the word that it has everywhere: `no_answer` is "No answer". */
export function statusWord(status: CallStatus): string {
  return sentenceOf(status);
}

/** What the statuses of a call that is not over say; the others say it themselves. */
export const STATUS_MEANINGS: Partial<Readonly<Record<CallStatus, string>>> = {
  created: 'The caller has not joined yet.',
  initiated: 'The caller has joined, and no agent has answered yet.',
  received: 'The agent has answered: the call is going on.',
};

/** Statuses that a web call can have, in the order of a call's life. */
export const WEB_STATUSES: readonly CallStatus[] = [
  'created',
  'initiated',
  'received',
  'completed',
  'cancelled',
  'no_answer',
  'failed',
];

/** Why a call ended. */
export const END_WORDS: Readonly<Record<EndReason, string>> = {
  user_disconnected: 'The caller hung up.',
  agent_disconnected: 'The agent ended the call.',
  user_did_not_pick_up: 'Nobody picked up.',
  user_busy: 'The line was busy.',
  user_unreachable: 'The caller could not be reached.',
  invalid_phone_number: 'The number is not valid.',
  destination_forbidden: 'The destination may not be called.',
  network_failure: "The caller's connection was lost.",
  voicemail_detected: 'A voicemail answered.',
  system_failure: 'Something broke on our side.',
  system_at_capacity: 'All lines were busy.',
  insufficient_balance: 'The balance was used up.',
  unknown: 'Nobody knows why.',
  terminated_by_api: 'A backend ended the call through the API.',
  max_duration_reached: 'The call reached the longest duration that its version allows.',
  silence_timeout: 'The caller said nothing for too long.',
  agent_did_not_join: 'No agent answered in time.',
  caller_never_joined: 'The caller never joined.',
  microphone_denied: 'The caller did not allow the microphone.',
  page_closed: 'The caller closed the page.',
};

/** What happened, as the timeline names it; a new word is shown as it is. */
export function eventWords(type: string): string {
  return EVENT_WORDS[type] ?? sentenceOf(type);
}

/** A word of the record as the beginning of a sentence: `no_answer` is "No answer". */
export function sentenceOf(word: string): string {
  return word.replaceAll('_', ' ').replace(/^./, (c) => c.toUpperCase());
}

const EVENT_WORDS: Readonly<Record<string, string>> = {
  call_created: 'Call created',
  caller_joined: 'Caller joined',
  caller_returned: 'Caller came back',
  caller_left: 'Caller left',
  agent_asked_again: 'No worker had taken the call: the agent was asked for again',
  agent_joined: 'Agent joined',
  agent_answered: 'Agent answered',
  agent_left: 'Agent left',
  second_agent_joined: 'A second agent joined',
  function_called: 'Function called',
  recording_failed: 'Recording could not be stored',
  call_transferred: 'Call transferred',
  transfer_failed: 'Transfer failed',
  call_ended: 'Call ended',
};

/** Who caused an event. */
export const SOURCE_WORDS: Readonly<Record<string, string>> = {
  api: 'API',
  caller: 'caller',
  agent: 'agent',
  media: 'media server',
  server: 'server',
};

/** Which field of the request chose the version. */
export const CHOSEN_WORDS: Readonly<Record<CallRoute['chosen_by'], string>> = {
  agent_version_id: 'agent_version_id: exactly this version',
  agent_version_number: 'agent_version_number: this number of the agent',
  agent_id: 'agent_id: the latest published version',
  agent_name: "agent_name: the latest published version of the agent's name",
};

/** How grave a finding is. */
export const SEVERITY_WORDS: Readonly<Record<FindingSeverity, string>> = {
  fault: 'Fault',
  warning: 'Warning',
  info: 'Note',
};
