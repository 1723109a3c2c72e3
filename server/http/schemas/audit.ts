/** Bodies of `/v1/audit`, `/v1/workspace` and `DELETE /v1/calls/{call_id}/sensitive-data`. */
import { z } from '@hono/zod-openapi';
import { instant, pageOf, pageQuery, queriedInstant, severalIds, severalOf } from './common.js';
import { component } from './component.js';

/** What was done. */
export const auditAction = component(
  'AuditAction',
  'What was done: the whole record, its transcript, or the link to its recording was read · the recording was fetched by its link · the call was followed while it went on · calls were exported · what was said was erased, by request or because it was older than the workspace keeps it · how long it is kept was changed.',
  z.enum([
    'call_read',
    'transcript_read',
    'recording_link_read',
    'recording_read',
    'call_followed',
    'calls_exported',
    'sensitive_data_erased',
    'retention_erased',
    'retention_changed',
  ]),
);

const auditEntry = component(
  'AuditEntry',
  'Who read or erased what was said.',
  z.object({
    id: z.string().describe('`aud_…`.'),
    at: instant.describe('When. ISO 8601.'),
    action: auditAction.describe('What was done.'),
    call_id: z.string().nullable().describe('The call; null where it was many.'),
    key_id: z
      .string()
      .nullable()
      .describe('The key; null: a signed link, or the server by itself.'),
    address: z.string().nullable().describe('The network address; null: the server by itself.'),
    detail: z.record(z.string(), z.unknown()).describe('Further facts, depending on the action.'),
  }),
);

/** A page of the audit. */
export const auditPage = component('AuditPage', 'A page of the audit.', pageOf(auditEntry));

/** Filters of the audit. */
export const listAuditQuery = z.strictObject({
  ...pageQuery,
  action: severalOf(auditAction.options),
  call_id: severalIds('call'),
  key_id: severalIds('key'),
  start_date: queriedInstant('What was done then or later.'),
  end_date: queriedInstant('What was done then or before.'),
});

/** Answer of the erasure. */
export const erasedCall = component(
  'ErasedCall',
  'A call of which nothing that was said is kept.',
  z.object({
    call_id: z.string().describe('The call, `call_…`.'),
    sensitive_delete: z.literal(true).describe('Everything that was said is erased.'),
    recording_removed: z
      .boolean()
      .describe(
        'false: the file of the recording could not be removed yet, and nobody can read it; the server tries by itself until it is gone.',
      ),
  }),
);

const days = (what: string) =>
  z
    .int()
    .min(1)
    .max(36_500)
    .nullable()
    .describe(`Days after the end of a call that ${what} is kept; null: for ever.`);

const retention = component(
  'Retention',
  'How long what calls leave is kept.',
  z.strictObject({
    recording_days: days('its recording'),
    transcript_days: days('what was said, with arguments and answers of functions,'),
    analysis_days: days('its analysis'),
    record_days: days('the record as a whole'),
  }),
);

/** The workspace of a key. */
export const workspace = component(
  'Workspace',
  'The workspace of the key.',
  z.object({
    id: z.string().describe('`ws_…`.'),
    name: z.string().describe('What it is called.'),
    retention: retention.describe('After how many days it erases what calls leave.'),
  }),
);

/** Changes of the workspace. */
export const updateWorkspaceRequest = component(
  'UpdateWorkspaceRequest',
  'Changes of the workspace; what is left out stays.',
  z.strictObject({
    retention: z
      .strictObject(retention.shape)
      .partial()
      .optional()
      .describe('How long what calls leave is kept; what is left out stays.'),
  }),
);
