/** The call record (`/v1/calls`): its whole detail, and its row in the history. */
import { z } from '@hono/zod-openapi';
import { instant, pageOf, variables } from './common.js';
import { callEvidence, entryPoint } from './call-evidence.js';
import { callAnalysis } from './analysis.js';
import { callStatus, endReason } from './call-status.js';
import { component } from './component.js';
import { explanation, findingCode } from './explanation.js';
import { transcriptTurn } from './turn.js';
import { consent } from './web-call.js';

const text = z.string().nullable();
const milliseconds = z.number().nullable();
const anything = z.record(z.string(), z.unknown());

/** One row of the timeline. */
export const timelineEvent = component(
  'TimelineEvent',
  'One row of the timeline of a call. New values of `type` may be added: clients must tolerate unknown ones.',
  z.object({
    id: z.string().describe('`ev_…`.'),
    type: z
      .string()
      .describe(
        'What happened, e.g. `call_created`, `caller_joined`, `agent_joined`, `call_ended`, `function_called`.',
      ),
    at: instant.describe('When it happened. ISO 8601.'),
    source: z.enum(['api', 'caller', 'agent', 'media', 'server']).describe('Who caused it.'),
    status: callStatus
      .nullable()
      .describe('The new status of the call; null when it did not change.'),
    detail: anything.describe('Further facts, depending on the type.'),
  }),
);

const callParticipant = component(
  'CallParticipant',
  'Who was in the call, and when.',
  z.object({
    role: z.enum(['caller', 'agent']).describe('Who it was.'),
    identity: text.describe(
      'Its participant identity on the media server; null when the server never learnt it.',
    ),
    joined_at: instant.describe('When it joined. ISO 8601.'),
    left_at: instant
      .nullable()
      .describe(
        'When it left, ISO 8601; null while it is in the call. May be a moment after `ended_at` for whoever saw the other leave.',
      ),
  }),
);

const callRoute = component(
  'CallRoute',
  'How the version of a call was chosen: by which key, origin and request field.',
  z.object({
    api_key_id: text.describe('The key, `key_…`.'),
    api_key_name: text.describe("The key's name at that time."),
    api_key_kind: z
      .enum(['publishable', 'secret'])
      .nullable()
      .describe('What the key may do; null when no key started the call.'),
    origin: text.describe("The request's Origin header; null when it had none."),
    chosen_by: z
      .enum(['agent_version_id', 'agent_version_number', 'agent_id', 'agent_name'])
      .describe(
        'The request field that chose the version: see `CreateWebCallRequest`; `agent_name` is that of `LivekitTokenRequest`.',
      ),
    entry_point: z
      .enum(['web_calls', 'livekit_token'])
      .describe('Which endpoint started the call: `/v1/web-calls` or `/v1/livekit/token`.'),
    page_url: text.describe(
      'The address of the page, as the page gave it. null: none was given, what was said is erased, or the version stores nothing of the kind.',
    ),
    locale: text.describe('The language of the page, as the page gave it. BCP 47.'),
    time_zone: text.describe(
      "The caller's time zone as the request gave it, an IANA name such as `Europe/Berlin`; null: not given, or not known.",
    ),
    user_agent: text.describe("The request's User-Agent."),
    text_only: z.boolean().describe('Whether the request asked for a call that is typed only.'),
  }),
);

/** The recording of a call and its link. */
export const callRecording = component(
  'CallRecording',
  'The stereo recording: left the caller, right the agent.',
  z.object({
    status: z
      .enum(['none', 'recording', 'available', 'erased'])
      .describe(
        'Whether there is a recording: `recording` while the call goes on, `erased` after its deletion.',
      ),
    url: text.describe('A signed link to the file that expires; null unless `available`.'),
    expires_at: instant.nullable().describe('When that link expires. ISO 8601.'),
    duration_ms: milliseconds.describe('Its length in milliseconds.'),
    offset_ms: milliseconds.describe(
      "Milliseconds from the call's `started_at` to the recording's first sample.",
    ),
    channels: z.literal(2).describe('Left the caller, right the agent.'),
    sample_rate: z.number().nullable().describe('Samples a second, in Hz.'),
    bytes: z.number().nullable().describe('The size of the file in bytes.'),
    content_type: text.describe('`audio/wav`.'),
  }),
);

/** A row of the history. */
export const callSummary = component(
  'CallSummary',
  'A row of Call History.',
  z.object({
    id: z.string().describe('`call_…`.'),
    type: z.enum(['web', 'phone']).describe('Whether the caller is on a web page or on a phone.'),
    call_direction: z
      .enum(['inbound', 'outbound'])
      .describe('`inbound`: the caller called the agent.'),
    entry_point: entryPoint.describe('What the call was started through.'),
    status: callStatus.describe('Where the call stands.'),
    end_reason: endReason.nullable().describe('Why it ended; null while it goes on.'),
    agent_id: z.string().describe('The agent, `agent_…`.'),
    agent_name: z.string().describe("The agent's title at that time."),
    agent_version_id: z.string().describe('The version that the call runs, `av_…`.'),
    agent_version_number: z.int().describe('Its number within the agent.'),
    agent_version_title: text.describe('What the version is called.'),
    created_at: instant.describe('When the grant was issued. ISO 8601.'),
    started_at: instant.nullable().describe("When the caller's media was up. ISO 8601."),
    answered_at: instant.nullable().describe('When the agent answered. ISO 8601.'),
    ended_at: instant.nullable().describe('When the call ended. ISO 8601.'),
    duration_ms: milliseconds.describe('Milliseconds from `started_at` to `ended_at`.'),
    turn_count: z.int().describe('How many turns the transcript has.'),
    latency_ms: milliseconds.describe(
      'Milliseconds that the agent took to answer: the median of its turns.',
    ),
    sentiment: z
      .enum(['positive', 'neutral', 'negative', 'unknown'])
      .describe('How the caller felt, by the analysis after the call.'),
    cost: z
      .number()
      .nullable()
      .describe('What the call cost in all; null: its usage is not known, or there are no prices.'),
    findings: z
      .array(findingCode)
      .describe("Codes of the explanation's findings, as they were some seconds after the call."),
  }),
);

/** `accepted_at` is the server's moment, `client_accepted_at` the word of the visitor's clock. */
export const callConsent = component(
  'CallConsent',
  'What the visitor agreed to.',
  z.object({
    text: consent.shape.text.describe('The text that was shown.'),
    version: consent.shape.version,
    text_sha256: z
      .string()
      .describe('SHA-256 of that text in UTF-8, 64 hexadecimal digits; checked by the server.'),
    locale: consent.shape.locale,
    accepted_at: instant.describe(
      "ISO 8601, in the server's clock: when the call that carries the consent was asked for. From a backend: the time that it gave.",
    ),
    client_accepted_at: instant
      .nullable()
      .describe(
        "What the visitor's own clock said, however wrong it is, ISO 8601; null when a backend told.",
      ),
  }),
);

/** The whole detail. */
export const call = component(
  'Call',
  'The whole detail of a call.',
  callSummary.omit({ cost: true, findings: true }).extend({
    explanation: explanation.describe('The call in words, and what stands out.'),
    ...callEvidence,
    variables: variables.describe("The call's values for the prompt's `{{variables}}`."),
    metadata: anything.describe('What the request stored on the record.'),
    consent: callConsent
      .nullable()
      .describe('What the visitor agreed to; null when it was not asked.'),
    route: callRoute.describe('How the version was chosen, and from where.'),
    participants: z.array(callParticipant).describe('In the order of their joining.'),
    timeline: z.array(timelineEvent).describe('What happened, in order.'),
    transcript: z.array(transcriptTurn).describe('What was said, in order.'),
    recording: callRecording.describe('The stereo recording.'),
    summary: text.describe('What the call was about, by the analysis after the call.'),
    analysis: callAnalysis.describe('How the analysis after the call was made.'),
    json_output: anything.nullable().describe("The fields of the version's `post_call_analysis`."),
    sensitive_delete: z
      .boolean()
      .describe('Whether recording, transcript and everything else that was said are erased.'),
  }),
);

/** A page of the history. */
export const callPage = component(
  'CallPage',
  'A page of the history.',
  pageOf(callSummary).extend({
    total: z
      .int()
      .optional()
      .describe('With `count=true`: how many calls match, all pages together.'),
    total_is_exact: z
      .boolean()
      .optional()
      .describe(
        'With `count=true`: whether `total` is counted. Beyond 10,000 it is an estimate of the database.',
      ),
  }),
);

/** Answer of `GET /v1/calls/{call_id}/transcript`. */
export const transcriptAnswer = component(
  'Transcript',
  'What was said in a call.',
  z.object({
    call_id: z.string().describe('The call, `call_…`.'),
    transcript: z.array(transcriptTurn).describe('What was said, in order.'),
  }),
);

/** Answer of `GET /v1/calls/{call_id}/events`. */
export const timelineAnswer = component(
  'Timeline',
  'What happened in a call.',
  z.object({
    call_id: z.string().describe('The call, `call_…`.'),
    timeline: z.array(timelineEvent).describe('What happened, in order.'),
  }),
);
