/** For every operation of the OpenAPI document the largest body that it takes, and many that it must refuse. */
import type { RealApp } from './real-app.js';

interface Schema {
  $ref?: string;
  properties?: Record<string, Schema>;
  anyOf?: Schema[];
}
interface Operation {
  requestBody?: { content: Record<string, { schema: Schema }> };
}
export interface Document {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema> };
}

/** A body, and the type that it is sent as. */
export interface Body {
  name: string;
  type: string;
  bytes: Uint8Array<ArrayBuffer>;
}

/** More than any route takes. */
const HUGE = 4_500_000;
/** Just within what any body may hold. */
const MANY = 19_900;
const at = '2026-11-23T10:00:00.000Z';

const settings = (placeholder: string) => ({
  prompt: '{{a}}'.repeat(8_000),
  default_dynamic_variables: fill(50, (n) => [`k${n}`, '"'.repeat(500)]),
  functions: Array.from({ length: 25 }, (_, n) => ({
    type: 'custom',
    name: `f${n}`,
    description: '',
    config: {
      url: `http://x/${placeholder.repeat(1_990 / placeholder.length)}`,
      method: 'GET',
      parameters: {},
    },
  })),
  dialogue: {
    intents: Array.from({ length: 90 }, (_, n) => ({
      name: `i${n}`,
      examples: Array.from({ length: 150 }, () => 'é'),
    })),
    slots: {},
    yes: ['a'],
    no: ['b'],
    not_understood: ['c'],
    offer_person: 'd',
    anything_else: 'e',
  },
});

/** The largest that each operation takes, in each round something new. Those of a file or a signature are not JSON, or not only. */
export function largestLegal(real: RealApp, round = 0): Record<string, unknown> {
  const agent = real.first.agent_id;
  const about = { participant_metadata: '"'.repeat(8_000), participant_name: 'x'.repeat(256) };
  const webCall = {
    agent_id: agent,
    variables: fill(50, (n) => [`k${n}`, 'é'.repeat(350)]),
    metadata: { list: Array.from({ length: 8_000 }, () => 0) },
    consent: { text: 'x'.repeat(4_000), accepted_at: at },
    page_url: 'x'.repeat(2_000),
  };
  const turn = {
    type: 'turn',
    role: 'user',
    content: 'é'.repeat(5_000),
    started_at: at,
    ended_at: at,
  };
  const step = { type: 'a'.repeat(40), at_ms: 864_000_000, detail: { text: 'x'.repeat(60) } };
  const report = { sent_at_ms: 0, timeline: Array.from({ length: 100 }, () => step) };
  const origins = Array.from({ length: 50 }, (_, n) => `https://${n}.${'a'.repeat(60)}.example`);
  const draft = settings('{{a}}');
  const webhook = {
    url: `https://hooks.example/${'x'.repeat(1_900)}`,
    events: ['call_initiated', 'call_ended', 'call_analyzed', 'transfer_completed'],
    description: 'é'.repeat(200),
  };
  const secret = `whsec_${'A'.repeat(84)}`;
  return {
    // Before the call is ended.
    'post /v1/agent-jobs/{call_id}/transfer': { agent_id: agent, variables: webCall.variables },
    'post /v1/web-calls': webCall,
    'post /v1/web-calls/{call_id}/resume': { call_token: 'x'.repeat(4_000) },
    'post /v1/web-calls/{call_id}/terminate': {
      reason: 'page_closed',
      call_token: 'x'.repeat(4_000),
    },
    'put /v1/web-calls/{call_id}/client-report': report,
    'post /v1/web-calls/{call_id}/client-report': report,
    'post /v1/web-calls/{call_id}/feedback': {
      rating: 5,
      comment: 'é'.repeat(2_000),
      call_token: 'x'.repeat(4_000),
    },
    'post /v1/livekit/token': { room_config: { agents: [{ agent_name: agent }] }, ...about },
    'post /v1/agents': { title: 'x'.repeat(70), settings: settings('{') },
    'patch /v1/agents/{agent_id}': { title: 'x'.repeat(70), settings: draft },
    'patch /v1/agents/{agent_id}/versions/{version_number}': { settings: draft },
    'post /v1/agents/{agent_id}/versions/{version_number}/publish': {
      version_title: 'x'.repeat(150),
    },
    'post /v1/api-keys': { name: 'x'.repeat(100), kind: 'publishable', allowed_origins: origins },
    'patch /v1/api-keys/{key_id}': { name: 'x'.repeat(100), allowed_origins: origins },
    'post /v1/webhooks': { ...webhook, secret },
    'patch /v1/webhooks/{webhook_id}': webhook,
    'post /v1/webhooks/{webhook_id}/rotate': { secret, overlap_sec: 604_800 },
    'post /v1/webhooks/{webhook_id}/pause': { note: 'x'.repeat(500) },
    'post /v1/webhooks/{webhook_id}/deliveries/redeliver': {
      start_date: at,
      end_date: at,
      event_type: webhook.events,
      status: ['delivered', 'failed'],
    },
    'patch /v1/workspace': { retention: { recording_days: 3_650, transcript_days: 3_650 } },
    'post /v1/agent-jobs/{call_id}/events': {
      events: Array.from({ length: 100 }, (_, n) => ({
        ...turn,
        seq: 100 * round + n + 1,
        turn_id: `t${n}`,
      })),
    },
    'post /v1/agent-jobs/{call_id}/outcome': {
      end_reason: 'system_failure',
      error: 'x'.repeat(2_000),
    },
    'put /v1/agent-jobs/{call_id}/recording/{seq}': Buffer.alloc(1_048_576, 1),
    'post /livekit/webhook': {
      event: 'room_started',
      id: 'EV_1',
      room: { name: 'x'.repeat(250_000) },
    },
  };
}

/** Bodies beyond every bound; where there is no body to read, one that must not be read. */
export function illegalAnywhere(operation: Operation): Body[] {
  const huge = json_('a list without end', `[${many('{}', HUGE / 3)}]`);
  if (!operation.requestBody) return [huge];
  return [
    huge,
    json_('a list of 1 MiB', `[${many('{}', 349_000)}]`),
    json_('a list of 250 KB', `[${many('{}', 83_000)}]`),
    json_('a list of 64 KB', `[${many('{}', 21_000)}]`),
    json_('depth', '['.repeat(60_000)),
    json_('quotes', '"'.repeat(60_000)),
  ];
}

/** For each member of a body many wrong elements, many wrong members, and one long text of a bad kind. */
export function illegalMembers(document: Document, operation: Operation): Body[] {
  const schema = operation.requestBody?.content['application/json']?.schema ?? {};
  return pathsOf(document, schema).flatMap((path) => [
    json_(`${path.join('.')} of many`, wrap(path, `[${many('{}', MANY)}]`)),
    json_(`${path.join('.')} with many members`, wrap(path, manyMembers)),
    json_(`${path.join('.')} of braces`, wrap(path, `"${'{'.repeat(60_000)}"`)),
  ]);
}

/** A JSON body. */
export function json_(name: string, json: string): Body {
  return { name, type: 'application/json', bytes: Buffer.from(json) };
}

const manyMembers = JSON.stringify(fill(MANY, (n) => [`k${n}`, {}]));

function fill<T>(count: number, one: (n: number) => [string, T]): Record<string, T> {
  return Object.fromEntries(Array.from({ length: count }, (_, n) => one(n)));
}

function many(json: string, count: number): string {
  return `${`${json},`.repeat(count - 1)}${json}`;
}

function wrap(path: readonly string[], json: string): string {
  return path.reduceRight((inner, name) => `{${JSON.stringify(name)}:${inner}}`, json);
}

/** The members of a body, and the members of these. */
function pathsOf(document: Document, schema: Schema, depth = 2): string[][] {
  const name = schema.$ref?.split('/').at(-1);
  const { properties = {} } = name ? (document.components.schemas[name] ?? {}) : schema;
  return Object.entries(properties).flatMap(([member, inner]) => {
    const deeper = depth > 1 ? pathsOf(document, inner.anyOf?.[0] ?? inner, depth - 1) : [];
    return [[member], ...deeper.map((path) => [member, ...path])];
  });
}
