/** Bodies of `POST /v1/web-calls`, `POST /v1/web-calls/{call_id}/terminate` and `GET /v1/web-calls/{call_id}`. */
import { z } from '@hono/zod-openapi';
import { callStatus, callerEndReason, endReason } from './call-status.js';
import { counted, instant, metadata, variables } from './common.js';
import { component } from './component.js';

/** What the visitor agreed to. */
export const consent = component(
  'Consent',
  'What the visitor agreed to before the call.',
  z.strictObject({
    text: z
      .string()
      .min(1)
      .max(4_000)
      .describe('The text that was shown. At most 4,000 characters.'),
    version: z.string().max(200).optional().describe('The version or hash of that text.'),
    accepted_at: instant.describe(
      'When the visitor agreed, by the clock of whoever says so. ISO 8601 with an offset.',
    ),
  }),
);

/** What a browser says of its page by itself is no reason to refuse a call. */
function keptText(length: number, description: string) {
  return z
    .string()
    .overwrite((text) => text.slice(0, length).replace(/\p{Surrogate}$/u, ''))
    .describe(`${description} Kept up to ${length.toLocaleString('en')} characters.`);
}

const id = z.string().min(1).max(100);

/** Names a published version and says what the call carries. */
export const createWebCallRequest = component(
  'CreateWebCallRequest',
  'Names a published version, by its own id or by its agent, and says what the call carries.',
  z
    .strictObject({
      agent_version_id: id.optional().describe('A published version, `av_…`.'),
      agent_id: id
        .optional()
        .describe('An agent, `agent_…`: its latest published version, unless a number is given.'),
      agent_version_number: counted
        .optional()
        .describe('With `agent_id`: which of its published versions. Default: the latest.'),
      variables: variables
        .optional()
        .describe(
          'Put into the prompt where it says `{{name}}`. At most 50 keys of 64 characters, 2,000 characters a value.',
        ),
      metadata: metadata
        .optional()
        .describe('Stored on the record only; the agent never sees it. At most 16 KiB as JSON.'),
      consent: consent.optional().describe('What the visitor agreed to, where it was asked.'),
      locale: keptText(35, "The page's language, BCP 47, e.g. `en-GB`.").optional(),
      page_url: keptText(2_000, 'The page that the call is made from.').optional(),
    })
    .refine((body) => body.agent_version_id !== undefined || body.agent_id !== undefined, {
      path: ['agent_id'],
      message: 'give agent_version_id, or agent_id',
    }),
);

/** The grant. */
export const createWebCallResponse = component(
  'CreateWebCallResponse',
  'The grant: what a caller needs to join.',
  z.object({
    call_id: z.string().describe('The call, `call_…`.'),
    type: z.literal('web').describe('Always `web`.'),
    status: callStatus.describe('`created`.'),
    agent_id: z.string().describe('The agent that will answer.'),
    agent_name: z.string().describe("The agent's title."),
    agent_version_id: z.string().describe('The version that was chosen.'),
    agent_version_number: z.int().describe('Its number within the agent.'),
    server_url: z.string().describe("LiveKit's address, `ws:` or `wss:`."),
    access_token: z.string().describe("LiveKit's join token, for one room and a short time."),
    call_token: z
      .string()
      .describe('Lets the page end this call, or read how it ended, and nothing else.'),
    expires_at: instant.describe('After it the access token no longer joins. ISO 8601.'),
  }),
);

/** Ends a call. */
export const terminateWebCallRequest = component(
  'TerminateWebCallRequest',
  "Sent with a secret key (the record says `terminated_by_api`), or with the call's own token. A closing page cannot set " +
    'headers across origins, so the token may stand in the body and the body may be `text/plain`.',
  z.strictObject({
    reason: callerEndReason
      .optional()
      .describe(
        'Why the page ends its call; not read with a secret key. Default: `user_disconnected`.',
      ),
    call_token: z
      .string()
      .max(4_000)
      .optional()
      .describe("The call's own token, where it is not the Bearer."),
  }),
);

/** How it ended, or that it has not. */
export const terminateWebCallResponse = component(
  'TerminateWebCallResponse',
  'How the call ended, the same however often it is asked; while it goes on, reason and time are null.',
  z.object({
    call_id: z.string().describe('The call, `call_…`.'),
    status: callStatus.describe('Where the call stands.'),
    end_reason: endReason.nullable().describe('Why it ended; null while it goes on.'),
    ended_at: instant.nullable().describe('When it ended, ISO 8601; null while it goes on.'),
  }),
);
