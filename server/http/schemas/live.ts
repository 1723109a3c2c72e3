/** Server-sent events of a call that goes on. */
import { z } from '@hono/zod-openapi';
import { timelineEvent } from './call.js';
import { callStatus, endReason } from './call-status.js';
import { instant } from './common.js';
import { component } from './component.js';
import { transcriptTurn, turnRole } from './turn.js';

const type = <T extends string>(word: T) => z.literal(word).describe('The kind of event.');
const at_ms = z.number().describe("Milliseconds after the call's `started_at`.");

/** What is sent while a call goes on. */
export const liveEvent = component(
  'LiveEvent',
  'What `GET /v1/calls/{call_id}/live` sends: the JSON of `data`; `event` is its `type`. New types may be added.',
  z.discriminatedUnion('type', [
    z.object({
      type: type('state'),
      status: callStatus.describe('Where the call stands now.'),
      started_at: instant.nullable().describe("When the caller's media was up. ISO 8601."),
      answered_at: instant.nullable().describe('When the agent answered. ISO 8601.'),
    }),
    z.object({
      type: type('timeline'),
      event: timelineEvent.describe('A row of the timeline.'),
    }),
    z.object({ type: type('turn'), turn: transcriptTurn.describe('A turn that is finished.') }),
    z.object({
      type: type('interim'),
      role: turnRole.describe('Who is speaking.'),
      text: z
        .string()
        .describe('What was understood so far of what is being said; it may still change.'),
      at_ms,
    }),
    z.object({
      type: type('level'),
      role: turnRole.describe('Whose sound it is; the caller’s.'),
      loud: z.boolean().describe('Whether it is loud enough to be speech.'),
      at_ms,
    }),
    z.object({
      type: type('ended'),
      status: callStatus.describe('How the call ended.'),
      end_reason: endReason.nullable().describe('Why it ended.'),
      ended_at: instant.nullable().describe('When it ended. ISO 8601.'),
      duration_ms: z.number().nullable().describe('Milliseconds from `started_at`.'),
      turn_count: z.int().describe('How many turns the transcript has.'),
    }),
  ]),
);

/** Where a stream that broke off is read on. */
export const lastEventIdHeader = z.object({
  'last-event-id': z
    .string()
    .regex(/^\d{1,15}-\d{1,15}$/, 'must be the id of an event of this stream')
    .optional()
    .describe('The `id` of the last event that was read: what follows is sent.'),
});
