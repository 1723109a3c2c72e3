/** What webhooks post: the platform's envelope `{event_type, payload}`, with what a web call has. */
import { z } from '@hono/zod-openapi';
import { call, callSummary } from './call.js';
import { transferStatus } from './call-evidence.js';
import { endReason } from './call-status.js';
import { instant, metadata } from './common.js';
import { component } from './component.js';
import { explanation } from './explanation.js';
import { transcriptTurn } from './turn.js';

const text = z.string().nullable();

/** What an endpoint may be told of calls. */
export const webhookCallEvent = component(
  'WebhookCallEvent',
  'What an endpoint may be told. `call_initiated`: the caller has joined. `call_ended`: the call is over; sent some seconds later, when its last words and its recording are there. `call_analyzed`: the analysis after the call is there, or was given up after a day (`analysis.status` is `failed` then). `transfer_completed`: the call was handed to another agent.',
  z.enum(['call_initiated', 'call_ended', 'call_analyzed', 'transfer_completed']),
);

const absent = (what: string) => z.null().describe(`${what}: null for a web call.`);

const started = {
  id: z.string().describe('`call_…`.'),
  type: z.enum(['web_call', 'phone_call']).describe('Where the caller is.'),
  direction: callSummary.shape.call_direction,
  entry_point: callSummary.shape.entry_point,
  category: absent('What the call belongs to, e.g. a batch'),
  category_id: absent('The id of that'),
  from_number: absent('Who calls'),
  to_number: absent('Who is called'),
  agent_id: z.string().describe('`agent_…`.'),
  agent_name: callSummary.shape.agent_name,
  agent_version_id: callSummary.shape.agent_version_id,
  agent_version_number: callSummary.shape.agent_version_number,
  initiated_at: instant.describe(
    'When the caller joined; when nobody did, when the call was made.',
  ),
  metadata,
  origin: text.describe('The origin of the page; null: none was told.'),
  page_url: text.describe('The address of the page, as the page gave it.'),
  locale: text.describe('The language of the page, as the page gave it. BCP 47.'),
};

const startedCall = component(
  'WebhookStartedCall',
  'The call of `call_initiated`.',
  z.object({ ...started, status: z.literal('initiated').describe('It has begun.') }),
);

const endedCall = component(
  'WebhookEndedCall',
  'A call that is over.',
  z.object({
    ...started,
    status: z
      .enum(['completed', 'hangup'])
      .describe('`completed`: the agent answered. `hangup`: the two were never connected.'),
    ended_at: instant.describe('When it ended. ISO 8601.'),
    duration_in_seconds: z.number().describe('From the caller’s joining; 0 when nobody joined.'),
    hangup_reason: endReason.describe('Why it ended, and so who ended it.'),
    disconnection_reason: endReason
      .optional()
      .describe('The same; deprecated, only with status `hangup`.'),
    explanation: explanation.describe('The call in words, in English, and what stands out.'),
    transcript: z.array(transcriptTurn).describe('What was said, in order.'),
    summary: text.describe('What the call was about.'),
    sentiment: callSummary.shape.sentiment,
    recording_url: text.describe('A signed link to the recording, good for 7 days; null: none.'),
    post_call_analysis: z
      .record(z.string(), z.unknown())
      .describe("The fields of the version's `post_call_analysis`, once they are there."),
    analysis: call.shape.analysis,
  }),
);

/** A transfer, beside its call. */
export const webhookTransfer = component(
  'WebhookTransfer',
  'A transfer of a call to another agent.',
  z.object({
    destination: text.describe('The title of the agent.'),
    destination_id: text.describe('The agent, `agent_…`.'),
    status: transferStatus.describe('What became of it.'),
  }),
);

const event = <N extends string, P extends z.ZodType>(name: N, payload: P) =>
  z.object({
    event_type: z.literal(name).describe('What is told.'),
    payload: payload.describe('What belongs to it.'),
  });

/** The body of a delivery. */
export const webhookEvent = component(
  'WebhookEvent',
  'The body of a delivery. New members may be added: receivers must tolerate unknown ones.',
  z.discriminatedUnion('event_type', [
    event(
      'verification',
      z.object({
        message: z.string().describe('What this is, in a sentence.'),
        timestamp: instant.describe('When it was sent. ISO 8601.'),
      }),
    ),
    event('call_initiated', z.object({ call: startedCall.describe('The call.') })),
    event('call_ended', z.object({ call: endedCall.describe('The call.') })),
    event('call_analyzed', z.object({ call: endedCall.describe('The call.') })),
    event(
      'transfer_completed',
      z.object({
        call: startedCall.or(endedCall).describe('The call, as it is by then.'),
        call_transfer: webhookTransfer.describe('Its transfer.'),
      }),
    ),
  ]),
);
