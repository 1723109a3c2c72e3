/** Bodies of `/v1/agent-jobs/{call_id}/…`: a worker claims the job of a call, then reports events, recording and outcome. */
import { z } from '@hono/zod-openapi';
import {
  anyJson,
  audioCacheCounts,
  functionSource,
  providerUsage,
  transferParty,
  transferStatus,
} from './call-evidence.js';
import { agentEndReason } from './call-status.js';
import { MOST_MS, allVariables, counted, instant, variables } from './common.js';
import { component } from './component.js';
import { reportedTurn } from './turn.js';
import {
  llmSettings,
  transcriberSettings,
  versionSettings,
  voiceSettings,
} from './version-settings.js';

/** The fallbacks of a version, resolved to providers. */
const jobFallbacks = component(
  'AgentJobFallbacks',
  "The providers that take over when one fails, as the version's fallback settings name them.",
  z.object({
    transcriber: transcriberSettings.nullable().describe('Speech to text; null: no fallback.'),
    llm: llmSettings.nullable().describe('Language model; null: no fallback.'),
    voices: z.array(voiceSettings).describe('Text to speech, tried in this order; may be empty.'),
  }),
);

/** What a worker that has claimed a job learns. */
export const agentJob = component(
  'AgentJob',
  'The job of one call: whom to answer, and with which settings.',
  z.object({
    call_id: z.string().describe('The call, `call_…`.'),
    job_token: z.string().describe('The Bearer token of all further requests for this job.'),
    room_name: z.string().describe("The call's room on the media server."),
    caller_identity: z.string().describe("The caller's participant identity."),
    agent_id: z.string().describe('The agent, `agent_…`.'),
    agent_name: z.string().describe("The agent's title."),
    agent_version_id: z.string().describe('The version that answers, `av_…`.'),
    agent_version_number: z.int().describe('Its number within the agent.'),
    settings: versionSettings.describe(
      "The version's settings, with the call's variables already in their places.",
    ),
    fallbacks: jobFallbacks.describe('The providers that take over when one fails.'),
    variables: allVariables.describe(
      "The call's variables: the version's defaults, replaced by the request's values, and the built-in ones.",
    ),
    record: z.boolean().describe('Whether recording and transcript may be stored.'),
    text_only: z
      .boolean()
      .describe('Whether the call is typed only: the caller hears nothing, and sends no sound.'),
    traceparent: z
      .string()
      .nullable()
      .describe(
        "The call's trace, as W3C Trace Context writes it: spans of the agent that have it as their parent are of the same trace as the server's. null: the server traces nothing.",
      ),
    server_time: instant.describe(
      "The server's clock, ISO 8601, so that a worker can correct its own.",
    ),
  }),
);

/** Asks for the agent that is to go on with the call. */
export const agentJobTransferRequest = component(
  'AgentJobTransferRequest',
  'Which agent is to go on with the call.',
  z.strictObject({
    agent_id: z
      .string()
      .min(1)
      .max(100)
      .describe('The agent, `agent_…`, as a `call_transfer` function names it.'),
    variables: variables
      .optional()
      .describe(
        "What the functions of this call's agents have found, by name: their `response_variables`.",
      ),
  }),
);

/** The agent that goes on with the call. */
export const agentJobSuccessor = component(
  'AgentJobSuccessor',
  'The agent that goes on with the call, in its newest published version.',
  agentJob.pick({
    agent_id: true,
    agent_name: true,
    agent_version_id: true,
    agent_version_number: true,
    settings: true,
    fallbacks: true,
    variables: true,
  }),
);

const seq = counted.describe(
  'Number of the event within the job, from 1; a number that is stored already is ignored.',
);
const at = instant.describe("When it happened, by the server's clock. ISO 8601 with an offset.");
const type = <T extends string>(word: T) => z.literal(word).describe('The kind of event.');
const name = z.string().min(1).max(100);

const answered = component(
  'AgentJobAnswered',
  'The agent has answered the call.',
  z.strictObject({ seq, type: type('answered'), at }),
);

const turn = component(
  'AgentJobTurn',
  'One speaker has finished a turn. Defaults: `interrupted` false, `via` `speech`, all else null.',
  z.strictObject({
    seq,
    type: type('turn'),
    turn_id: name.describe('Names the turn within the call. At most 100 characters.'),
    ...reportedTurn,
    started_at: instant.describe('When it began. ISO 8601.'),
    ended_at: instant.describe('When it ended. ISO 8601.'),
  }),
);

const STORED =
  'Stored without values whose names say that they are secrets, and up to 4 KB as JSON.';

const functionCalled = component(
  'AgentJobFunction',
  'A function was called.',
  z.strictObject({
    seq,
    type: type('function'),
    at,
    name: name.describe("The function's name. At most 100 characters."),
    ok: z.boolean().describe('Whether it succeeded.'),
    latency_ms: z.number().min(0).max(MOST_MS).describe('How long it took, in milliseconds.'),
    arguments: z
      .record(z.string(), z.unknown())
      .nullable()
      .optional()
      .describe(`What it was called with. ${STORED}`),
    answer: anyJson
      .nullable()
      .optional()
      .describe(`What it answered; a text that is JSON is stored as what it says. ${STORED}`),
    error: z.string().max(2_000).optional().describe('Why it failed. At most 2,000 characters.'),
    source: functionSource.optional().describe('Whose function it is. Default `version`.'),
  }),
);

const usage = component(
  'AgentJobUsage',
  'What the call has used so far, in all: the latest report counts. The cost is made of it.',
  z.strictObject({
    seq,
    type: type('usage'),
    at,
    providers: z
      .array(providerUsage)
      .max(50)
      .describe('By provider and model; add up what is of the same one. At most 50.'),
  }),
);

const party = z
  .strictObject(transferParty.shape)
  .partial({ agent_version_id: true, agent_version_number: true, agent_name: true });

const transfer = component(
  'AgentJobTransfer',
  'The call was handed to another agent, or was to be.',
  z.strictObject({
    seq,
    type: type('transfer'),
    at,
    from: party.optional().describe('Who spoke before. Default: the agent of the call.'),
    to: party.describe('Who speaks after, or was to.'),
    reason: z.string().max(2_000).optional().describe('Why. At most 2,000 characters.'),
    status: transferStatus.describe('Whether it came about.'),
    error: z.string().max(2_000).optional().describe('Why it failed. At most 2,000 characters.'),
  }),
);

const trace = component(
  'AgentJobTrace',
  "The OpenTelemetry trace of the call on the agent's side. Not kept where the job had a `traceparent`: the call's trace is that.",
  z.strictObject({
    seq,
    type: type('trace'),
    at,
    trace_id: z
      .string()
      .regex(/^[\da-f]{32}$/, 'must be 32 hexadecimal digits in lower case')
      .describe('Its id: 32 hexadecimal digits.'),
  }),
);

const note = component(
  'AgentJobNote',
  'Any other row for the timeline of the call.',
  z.strictObject({
    seq,
    type: type('note'),
    at,
    name: name.describe('The type of the row on the timeline. At most 100 characters.'),
    detail: z
      .record(z.string(), z.unknown())
      .optional()
      .describe('Further facts. Left out when longer than 4,000 characters as JSON.'),
  }),
);

/** One event that a worker reports. */
export const agentJobEvent = component(
  'AgentJobEvent',
  "One event that a worker reports. Times are ISO 8601, by the server's clock.",
  z.discriminatedUnion('type', [answered, turn, functionCalled, usage, transfer, trace, note]),
);

/** A batch of events. */
export const agentJobEventsRequest = component(
  'AgentJobEventsRequest',
  'A batch of events, in the order of their `seq`.',
  z.strictObject({
    events: z
      .array(agentJobEvent)
      .min(1)
      .max(100)
      .describe('1 to 100 events, in the order of their `seq`.'),
  }),
);

/** Answer to a batch of events or a chunk of the recording. */
export const nextSeqAnswer = component(
  'NextSeq',
  'How much the server has stored.',
  z.object({
    next_seq: z.int().describe('The `seq` that it expects next; everything below is stored.'),
  }),
);

/** The outcome of a job. */
export const agentJobOutcome = component(
  'AgentJobOutcome',
  'The outcome of a job. The server ends the call with it, unless the call has ended already.',
  z.strictObject({
    end_reason: agentEndReason.describe('Why the call is over.'),
    error: z
      .string()
      .max(2_000)
      .optional()
      .describe('What broke, in one sentence for the timeline. At most 2,000 characters.'),
    audio_cache: z
      .strictObject({
        enabled: z.boolean().optional().describe('Whether there was a cache. Default `true`.'),
        ...audioCacheCounts,
      })
      .optional()
      .describe('Use of the cache of synthesised sentences during the call.'),
  }),
);
