/** Bodies of `PUT /v1/web-calls/{call_id}/client-report` and `POST /v1/web-calls/{call_id}/feedback`. */
import { z } from '@hono/zod-openapi';
import { callFeedback, clientConnection, clientEventType } from './call-evidence.js';
import { MOST_MS, maxKeys } from './common.js';
import { component } from './component.js';

const offset = z.number().min(-MOST_MS).max(MOST_MS);

const callToken = z
  .string()
  .max(4_000)
  .optional()
  .describe(
    "The call's own token, when it is not sent as the Bearer token. At most 4,000 characters.",
  );

const clientReportEvent = component(
  'ClientReportEvent',
  "One step on the visitor's device.",
  z.strictObject({
    type: clientEventType,
    at_ms: offset.describe(
      'Milliseconds after a moment that the device chooses, the same for all reports of a call; may be negative.',
    ),
    detail: z
      .record(z.string().max(40), z.union([z.string().max(200), z.number(), z.boolean()]))
      .check(maxKeys(8))
      .optional()
      .describe(
        'Further facts. At most 8 names of 40 characters, 200 characters a value. A version that stores nothing that was said keeps `code` of `error` and `reason` of `end` alone, and no steps but those that the SDK says.',
      ),
  }),
);

/** Body of `PUT /v1/web-calls/{call_id}/client-report`. */
export const clientReport = component(
  'ClientReport',
  "All that the visitor's device has to tell of its call so far.",
  z.strictObject({
    sent_at_ms: offset.describe(
      'When this is sent, in milliseconds after the same moment as `at_ms` of the steps: so the server knows when they were, whatever the clock of the device says. A report that was sent up to a minute before the one that is kept changes nothing.',
    ),
    timeline: z.array(clientReportEvent).max(100).describe('The steps, in order. At most 100.'),
    connection: clientConnection
      .nullable()
      .optional()
      .describe('Figures of the connection so far. Default: none.'),
    call_token: callToken,
  }),
);

/** Body of `POST /v1/web-calls/{call_id}/feedback`. */
export const feedbackRequest = component(
  'FeedbackRequest',
  'What the caller thought of the call.',
  z.strictObject({
    rating: callFeedback.shape.rating,
    comment: z
      .string()
      .max(2_000)
      .optional()
      .describe("The caller's words. At most 2,000 characters."),
    call_token: callToken,
  }),
);
