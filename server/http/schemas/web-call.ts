/** Bodies of `POST /v1/web-calls`, `POST /v1/web-calls/{call_id}/terminate` and `GET /v1/web-calls/{call_id}`. */
import { z } from '@hono/zod-openapi';
import { entryPoint } from './call-evidence.js';
import { callStatus, callerEndReason, endReason } from './call-status.js';
import { counted, instant, metadata, variables } from './common.js';
import { component } from './component.js';

/** The visitor's consent, as the page or a backend reports it. */
export const consent = component(
  'Consent',
  'What the visitor agreed to before the call.',
  z.strictObject({
    text: z
      .string()
      .min(1)
      .max(4_000)
      .describe('The text that the visitor was shown. At most 4,000 characters.'),
    version: z
      .string()
      .max(200)
      .optional()
      .describe('The version of that text. At most 200 characters.'),
    text_sha256: z
      .string()
      .regex(/^[0-9a-f]{64}$/, 'must be a SHA-256 as 64 small hexadecimal digits')
      .optional()
      .describe(
        'SHA-256 of the text in UTF-8, 64 hexadecimal digits, made where the text was shown. Refused when `text` has another; left out, the server makes it.',
      ),
    locale: z
      .string()
      .max(35)
      .optional()
      .describe('The language in which the visitor was asked, BCP 47. At most 35 characters.'),
    accepted_at: instant.describe(
      'When the visitor agreed, by the clock of the page or backend that sends this. ISO 8601 with an offset.',
    ),
  }),
);

/** A text that is cut to `length` instead of refused: browsers send it by themselves, and it must not prevent a call. */
function keptText(length: number, description: string) {
  return z
    .string()
    .overwrite((text) => text.slice(0, length).replace(/\p{Surrogate}$/u, ''))
    .describe(`${description} Cut to ${length.toLocaleString('en')} characters.`);
}

const id = z.string().min(1).max(100);

/** Body of `POST /v1/web-calls`. */
export const createWebCallRequest = component(
  'CreateWebCallRequest',
  'A published version, named by its own id or by its agent, and what the call carries.',
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
          'Values for the `{{name}}` placeholders of the prompt. At most 50 names of 64 characters, 2,000 characters a value.',
        ),
      metadata: metadata
        .optional()
        .describe('Stored on the call record; the agent never sees it. At most 16 KiB as JSON.'),
      consent: consent
        .optional()
        .describe('What the visitor agreed to, when consent was asked for.'),
      entry_point: entryPoint
        .extract(['web', 'test'])
        .optional()
        .describe(
          'With a secret key: `test` marks a trial, so that figures can leave it out. Default `web`.',
        ),
      text_only: z
        .boolean()
        .optional()
        .describe(
          'Whether the call is typed only: the agent writes its answers, as fast as it has them, and nothing is spoken, heard or recorded. Default: false.',
        ),
      locale: keptText(35, "The page's language, BCP 47, e.g. `en-GB`.").optional(),
      time_zone: keptText(
        64,
        "The caller's time zone, an IANA name such as `Europe/Berlin`: the analysis after the call reads days and times in it. Default: UTC, also for a name that is not known.",
      ).optional(),
      page_url: keptText(2_000, 'The address of the page that the call is made from.').optional(),
    })
    .refine((body) => body.agent_version_id !== undefined || body.agent_id !== undefined, {
      path: ['agent_id'],
      message: 'give agent_version_id, or agent_id',
    }),
);

/** Answer of `POST /v1/web-calls`. */
export const createWebCallResponse = component(
  'CreateWebCallResponse',
  'The grant: what a caller needs to join.',
  z.object({
    call_id: z.string().describe('The call, `call_…`.'),
    type: z.literal('web').describe('Always `web`.'),
    status: callStatus.describe('Always `created`.'),
    agent_id: z.string().describe('The agent that will answer, `agent_…`.'),
    agent_name: z.string().describe("The agent's title."),
    agent_version_id: z.string().describe('The version that was chosen, `av_…`.'),
    agent_version_number: z.int().describe('Its number within the agent.'),
    server_url: z.string().describe("LiveKit's address, `ws:` or `wss:`."),
    access_token: z.string().describe("LiveKit's join token, for one room and a short time."),
    call_token: z
      .string()
      .describe(
        'A token with which the page may end this call or read how it ended, and nothing else.',
      ),
    expires_at: instant.describe('When `access_token` expires. ISO 8601.'),
  }),
);

/** Body of `POST /v1/web-calls/{call_id}/terminate`. */
export const terminateWebCallRequest = component(
  'TerminateWebCallRequest',
  "Ends a call, with a secret key (`end_reason` is then `terminated_by_api`) or with the call's own token. A closing page cannot set " +
    'headers across origins, so the token may stand in the body and the body may be `text/plain`.',
  z.strictObject({
    reason: callerEndReason
      .optional()
      .describe(
        'Why the page ends its call; ignored with a secret key. Default: `user_disconnected`.',
      ),
    call_token: z
      .string()
      .max(4_000)
      .optional()
      .describe(
        "The call's own token, when it is not sent as the Bearer token. At most 4,000 characters.",
      ),
    may_return: z
      .boolean()
      .optional()
      .describe(
        'With the token of the call: its page is left, and the next one may take the call up again by `resume`. It ends as `page_closed` if none does within 15 seconds. Default: false.',
      ),
    participant_sid: z
      .string()
      .max(100)
      .optional()
      .describe(
        "With `may_return`: LiveKit's `sid` of the participant that the page was, so that word of a page that another has followed already changes nothing. At most 100 characters.",
      ),
  }),
);

/** Body of `POST /v1/web-calls/{call_id}/resume`. */
export const resumeWebCallRequest = component(
  'ResumeWebCallRequest',
  'Takes a call up again that another page of the same visitor has left.',
  terminateWebCallRequest.pick({ call_token: true }),
);

/** Answer of `POST /v1/web-calls/{call_id}/resume` and `POST /v1/web-calls/preflight`. */
export const mediaGrant = component(
  'MediaGrant',
  'A way to the media server.',
  createWebCallResponse.pick({ server_url: true, access_token: true, expires_at: true }),
);

/** Answer of `POST /v1/web-calls/{call_id}/terminate` and `GET /v1/web-calls/{call_id}`. */
export const terminateWebCallResponse = component(
  'TerminateWebCallResponse',
  'How the call ended, the same for every repeat of the request. While the call goes on, reason and time are null.',
  z.object({
    call_id: z.string().describe('The call, `call_…`.'),
    status: callStatus.describe('Where the call stands.'),
    end_reason: endReason.nullable().describe('Why it ended; null while it goes on.'),
    ended_at: instant.nullable().describe('When it ended, ISO 8601; null while it goes on.'),
  }),
);
