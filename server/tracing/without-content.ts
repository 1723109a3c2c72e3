/** What of a span may leave while nobody has asked for what was said: an allow list, so that a name of tomorrow is not let out. */
import type { Attributes, AttributeValue } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';

/** Texts: names, ids and kinds, of ours, of the agent framework's and of the GenAI conventions. None is made of what somebody said. */
const TEXTS: ReadonlySet<string> = new Set([
  'exception.type',
  'gen_ai.agent.id',
  'gen_ai.agent.name',
  'gen_ai.agent.version',
  'gen_ai.conversation.id',
  'gen_ai.operation.name',
  'gen_ai.output.type',
  'gen_ai.provider.name',
  'gen_ai.request.model',
  'gen_ai.response.finish_reasons',
  'gen_ai.response.id',
  'gen_ai.response.model',
  'gen_ai.tool.call.id',
  'gen_ai.tool.name',
  'gen_ai.tool.type',
  'gen_ai.workflow.name',
  'http.request.method',
  'lk.agent_label',
  'lk.agent_name',
  'lk.blocking.cause',
  'lk.blocking.severity',
  'lk.eou.language',
  'lk.eou.source',
  'lk.function_tool.id',
  'lk.function_tool.name',
  'lk.generation_id',
  'lk.is_interruption',
  'lk.job_id',
  'lk.parent_generation_id',
  'lk.participant_id',
  'lk.participant_kind',
  'lk.provider_request_ids',
  'lk.speech_id',
  'lk.tts.label',
  'server.address',
]);
/** Figures tell nothing in words; ours are of our own making altogether. */
const FIGURES = /^(?:gen_ai|lk|http|server)\./;
const OURS = /^dialnexa\./;
/** A status, a code or the name of a class; some throw sentences. */
const ONE_WORD = /^[\w.-]{1,80}$/;
/** The conventions' events hold messages. */
const EVENTS: ReadonlySet<string> = new Set(['exception']);

/** The span as it may be shown to anybody: a view, which leaves the span as it is. */
export function withoutContent(span: ReadableSpan): ReadableSpan {
  const { code } = span.status;
  return view(span, {
    attributes: allowed(span.attributes),
    events: span.events
      .filter(({ name }) => EVENTS.has(name))
      .map((event) => ({ ...event, attributes: allowed(event.attributes) })),
    links: span.links.map((link) => ({ ...link, attributes: allowed(link.attributes) })),
    // The message of an error may quote what could not be handled.
    status: { code },
  });
}

function allowed(attributes: Attributes = {}): Attributes {
  return Object.fromEntries(
    Object.entries(attributes).filter(([name, value]) => isAllowed(name, value)),
  );
}

function isAllowed(name: string, value: AttributeValue | undefined): boolean {
  if (name === 'error.type') return typeof value === 'string' && ONE_WORD.test(value);
  if (TEXTS.has(name) || OURS.test(name)) return true;
  return FIGURES.test(name) && (typeof value === 'number' || typeof value === 'boolean');
}

/** Through the prototype, for what a span computes. */
function view(span: ReadableSpan, shown: Partial<ReadableSpan>): ReadableSpan {
  const fields = Object.entries(shown).map(([name, value]) => [name, { value, enumerable: true }]);
  return Object.create(span, Object.fromEntries(fields) as PropertyDescriptorMap) as ReadableSpan;
}
