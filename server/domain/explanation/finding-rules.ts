/** Everything that a record can prove, by code: the most telling first where several are as severe. */
import { agentCutOff } from './findings/agent-cut-off.js';
import { agentLate } from './findings/agent-late.js';
import { agentNeverJoined } from './findings/agent-never-joined.js';
import { agentTwice } from './findings/agent-twice.js';
import { atCapacity } from './findings/at-capacity.js';
import { callerNeverJoined } from './findings/caller-never-joined.js';
import { callerRepeats } from './findings/caller-repeats.js';
import { connectionLost } from './findings/connection-lost.js';
import { consentMissing } from './findings/consent-missing.js';
import { functionFailed } from './findings/function-failed.js';
import { leftBeforeGreeting } from './findings/left-before-greeting.js';
import { longSilence } from './findings/long-silence.js';
import { lowConfidence } from './findings/low-confidence.js';
import { maxDurationReached } from './findings/max-duration-reached.js';
import { microphoneDenied } from './findings/microphone-denied.js';
import { microphoneSilent } from './findings/microphone-silent.js';
import { missingVariable } from './findings/missing-variable.js';
import { notUnderstood } from './findings/not-understood.js';
import { oldVersion } from './findings/old-version.js';
import { packetLoss } from './findings/packet-loss.js';
import { providerFailed } from './findings/provider-failed.js';
import { providerFallback } from './findings/provider-fallback.js';
import { recordingGap } from './findings/recording-gap.js';
import { slowAnswer } from './findings/slow-answer.js';
import { slowConnection } from './findings/slow-connection.js';
import { systemFailure } from './findings/system-failure.js';
import { talkOver } from './findings/talk-over.js';
import { textRefused } from './findings/text-refused.js';
import { transferFailed } from './findings/transfer-failed.js';
import { unverifiedWords } from './findings/unverified-words.js';

/** The rules by the codes of their findings. */
export const FINDING_RULES = {
  system_failure: systemFailure,
  at_capacity: atCapacity,
  agent_never_joined: agentNeverJoined,
  provider_failed: providerFailed,
  function_failed: functionFailed,
  transfer_failed: transferFailed,
  missing_variable: missingVariable,
  agent_twice: agentTwice,
  microphone_silent: microphoneSilent,
  microphone_denied: microphoneDenied,
  connection_lost: connectionLost,
  slow_answer: slowAnswer,
  not_understood: notUnderstood,
  caller_repeats: callerRepeats,
  left_before_greeting: leftBeforeGreeting,
  agent_late: agentLate,
  long_silence: longSilence,
  talk_over: talkOver,
  low_confidence: lowConfidence,
  packet_loss: packetLoss,
  slow_connection: slowConnection,
  provider_fallback: providerFallback,
  max_duration_reached: maxDurationReached,
  recording_gap: recordingGap,
  agent_cut_off: agentCutOff,
  consent_missing: consentMissing,
  caller_never_joined: callerNeverJoined,
  old_version: oldVersion,
  text_refused: textRefused,
  unverified_words: unverifiedWords,
} as const;

/** What a finding is called, everywhere. */
export type FindingCode = keyof typeof FINDING_RULES;

/** What the text of a finding is made of. */
export type FindingValues<Code extends FindingCode> = NonNullable<
  ReturnType<(typeof FINDING_RULES)[Code]['find']>
>['values'];

/** Every code. */
export const FINDING_CODES = Object.keys(FINDING_RULES) as [FindingCode, ...FindingCode[]];
