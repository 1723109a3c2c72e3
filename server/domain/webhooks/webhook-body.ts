/** The body of a delivery, made of the call's record when it is sent: so nothing that was said is kept twice, or outlives its erasure. */
import type {
  WebhookEndedCall,
  WebhookEvent,
  WebhookStartedCall,
  WebhookTransfer,
} from '../../../sdk/wire/webhook.js';
import { readExplained } from '../calls/read-explained.js';
import type { DomainPorts } from '../ports/domain-ports.js';
import type { WholeCallRow } from '../ports/rows.js';
import type { DeliveryRow } from '../ports/webhook-rows.js';

const LINK_MS = 7 * 24 * 3_600_000;
const NO_TRANSFER: WebhookTransfer = { destination: null, destination_id: null, status: 'failed' };

/** The body, or `null` when the call's record is gone. */
export async function webhookBody(
  ports: DomainPorts,
  { event_type, detail }: DeliveryRow,
  call: WholeCallRow | null,
): Promise<string | null> {
  if (!call) return null;
  const isOver = event_type !== 'call_initiated' && call.ended_at !== null;
  const shown = isOver ? await endedCall(ports, call) : startedCall(call);
  const transfer =
    event_type === 'transfer_completed' ? { call_transfer: detail ?? NO_TRANSFER } : {};
  return JSON.stringify({ event_type, payload: { call: shown, ...transfer } });
}

/** What is sent to an address before it is saved, and as a test. */
export function verificationBody(at: Date): string {
  const event: WebhookEvent = {
    event_type: 'verification',
    payload: {
      message: 'This address was registered for webhooks of calls. Answer with a 2xx.',
      timestamp: at.toISOString(),
    },
  };
  return JSON.stringify(event);
}

function startedCall(call: WholeCallRow): WebhookStartedCall {
  return {
    id: call.id,
    type: 'web_call',
    direction: call.call_direction,
    entry_point: call.entry_point,
    category: null,
    category_id: null,
    from_number: null,
    to_number: null,
    status: 'initiated',
    agent_id: call.agent_id,
    agent_name: call.agent_name,
    agent_version_id: call.agent_version_id,
    agent_version_number: call.agent_version_number,
    initiated_at: (call.started_at ?? call.created_at).toISOString(),
    metadata: call.metadata,
    origin: call.route.origin,
    page_url: call.route.page_url,
    locale: call.route.locale,
  };
}

async function endedCall(ports: DomainPorts, call: WholeCallRow): Promise<WebhookEndedCall> {
  const whole = await readExplained(ports, call);
  const reason = call.end_reason ?? 'unknown';
  const status = call.answered_at ? 'completed' : 'hangup';
  const hasRecording = call.recording_status === 'available';
  const linkEnds = new Date(ports.clock.now().getTime() + LINK_MS);
  return {
    ...startedCall(call),
    status,
    ended_at: (call.ended_at ?? call.created_at).toISOString(),
    duration_in_seconds: (call.duration_ms ?? 0) / 1_000,
    hangup_reason: reason,
    ...(status === 'hangup' ? { disconnection_reason: reason } : {}),
    transcript: whole.transcript,
    summary: call.summary,
    sentiment: call.sentiment,
    recording_url: hasRecording ? ports.recordingLink(call.id, linkEnds) : null,
    post_call_analysis: call.json_output ?? {},
    analysis: whole.analysis,
    explanation: whole.explanation,
  };
}
