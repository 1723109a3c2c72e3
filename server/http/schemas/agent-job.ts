/** `/v1/agent-jobs/{call_id}/…`: how the agent that answers a call learns what to be and reports what was said. */
import { z } from '@hono/zod-openapi';
import { agentEndReason } from './call-status.js';
import { counted, instant, variables } from './common.js';
import { component } from './component.js';
import { toldOfTurn } from './turn.js';
import {
  llmSettings,
  transcriberSettings,
  versionSettings,
  voiceSettings,
} from './version-settings.js';

/** Who steps in for a provider that fails. */
const jobFallbacks = component(
  'AgentJobFallbacks',
  "Who steps in for a provider that fails: what the settings' fallbacks name.",
  z.object({
    transcriber: transcriberSettings.nullable().describe('Speech to text; null: nobody.'),
    llm: llmSettings.nullable().describe('Language model; null: nobody.'),
    voices: z.array(voiceSettings).describe('Text to speech, in this order.'),
  }),
);

/** The job: what to be, and for whom. */
export const agentJob = component(
  'AgentJob',
  'The job: what to be, and for whom.',
  z.object({
    call_id: z.string().describe('The call, `call_…`.'),
    job_token: z.string().describe('The Bearer of every report that follows.'),
    room_name: z.string().describe("The call's room on the media server."),
    caller_identity: z.string().describe("The caller's participant identity."),
    agent_id: z.string().describe('The agent, `agent_…`.'),
    agent_name: z.string().describe("The agent's title."),
    agent_version_id: z.string().describe('The version that answers, `av_…`.'),
    agent_version_number: z.int().describe('Its number within the agent.'),
    settings: versionSettings.describe(
      "The version's settings, with the call's variables already in their places.",
    ),
    fallbacks: jobFallbacks.describe('Who steps in for a provider that fails.'),
    variables: variables.describe(
      "The call's values over the version's defaults, built-ins included.",
    ),
    record: z.boolean().describe('Whether recording and transcript are kept.'),
    server_time: instant.describe(
      "The server's clock, ISO 8601, so that a worker can correct its own.",
    ),
  }),
);

const seq = counted.describe('Counts from 1 within the job; a repeat is ignored.');
const at = instant.describe("When, in the server's clock. ISO 8601.");
const type = <T extends string>(word: T) => z.literal(word).describe('Which kind of event.');
const name = z.string().min(1).max(100);

const answered = component(
  'AgentJobAnswered',
  'The agent has answered the call.',
  z.strictObject({ seq, type: type('answered'), at }),
);

const turn = component(
  'AgentJobTurn',
  'Somebody has said something. What is left out is null, `interrupted` false, and `via` speech.',
  z.strictObject({
    seq,
    type: type('turn'),
    turn_id: name.describe('Names the turn within the call. At most 100 characters.'),
    ...toldOfTurn,
    started_at: instant.describe('When it began. ISO 8601.'),
    ended_at: instant.describe('When it ended. ISO 8601.'),
  }),
);

const functionCalled = component(
  'AgentJobFunction',
  'A function was called.',
  z.strictObject({
    seq,
    type: type('function'),
    at,
    name: name.describe("The function's name. At most 100 characters."),
    ok: z.boolean().describe('Whether it worked.'),
    latency_ms: z.number().min(0).describe('Milliseconds that it took.'),
    error: z
      .string()
      .max(2_000)
      .optional()
      .describe('Why it did not work. At most 2,000 characters.'),
  }),
);

const note = component(
  'AgentJobNote',
  'Anything else that belongs on the timeline.',
  z.strictObject({
    seq,
    type: type('note'),
    at,
    name: name.describe('The type of the row on the timeline. At most 100 characters.'),
    detail: z
      .record(z.string(), z.unknown())
      .optional()
      .describe('What else is known. More than 4,000 characters as JSON are left out.'),
  }),
);

/** One thing that was said or done. */
export const agentJobEvent = component(
  'AgentJobEvent',
  "One thing that was said or done. Times are ISO 8601 in the server's clock.",
  z.discriminatedUnion('type', [answered, turn, functionCalled, note]),
);

/** 1 to 100 events in order. */
export const agentJobEventsRequest = component(
  'AgentJobEventsRequest',
  'What was said and done, in order.',
  z.strictObject({
    events: z.array(agentJobEvent).min(1).max(100).describe('1 to 100 events in order.'),
  }),
);

/** Everything below `next_seq` is stored. */
export const nextSeqAnswer = component(
  'NextSeq',
  'What is stored.',
  z.object({ next_seq: z.int().describe('Everything below it is stored.') }),
);

const count = z.int().min(0);

/** The agent's last word. */
export const agentJobOutcome = component(
  'AgentJobOutcome',
  "The agent's last word; the server ends the call.",
  z.strictObject({
    end_reason: agentEndReason.describe('Why the call is over.'),
    error: z
      .string()
      .max(2_000)
      .optional()
      .describe('One sentence for the timeline when something broke. At most 2,000 characters.'),
    audio_cache: z
      .strictObject({
        lookups: count.describe('How often it was asked.'),
        hits: count.describe('How often it had the sound.'),
        misses: count.describe('How often it did not.'),
        new_entries: count.describe('How many sounds it has taken.'),
      })
      .optional()
      .describe('What the cache of spoken sentences did.'),
  }),
);
