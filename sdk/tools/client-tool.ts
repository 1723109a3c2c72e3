/** Functions of the page that the agent may call. */
import { asOptions } from '../check-arguments.js';
import { CallError } from '../error/call-error.js';
import type { ClientToolOffer } from '../wire/client-tool.js';

const DEFAULT_TIMEOUT_MS = 10_000;
const LONGEST_DESCRIPTION = 1000;
const LONGEST_SCHEMA = 4000;

/** What a running function is told beside its arguments. */
export interface ClientToolContext {
  /** Aborts when its time is up, and when the call ends. */
  signal: AbortSignal;
}

/** A function of the page, for `registerTool()`. */
export interface ClientTool {
  /** The name by which the agent calls it: at most 64 letters, digits, `_` or `-`, the first a letter or `_`. */
  name: string;
  /** Tells the language model when to call it, and what for. At most 1,000 characters. */
  description: string;
  /** JSON Schema of the arguments, of type `object`, at most 4,000 characters. Default: no arguments. */
  parameters?: Record<string, unknown>;
  /** How long it may take, in ms, 100 to 60,000. Default 10,000. */
  timeoutMs?: number;
  /**
   * Does it. The language model writes the arguments and may not keep to the schema. The answer, which must fit into 12,000 bytes
   * of JSON, goes to the model and onto the record. What it throws goes there, too, as the reason why it failed.
   */
  run(args: Record<string, unknown>, context: ClientToolContext): unknown;
}

/** As the agent is told of it, whatever becomes of the tool. Throws `CallError` `invalid_options` for what no agent takes. */
export function offerOf(tool: ClientTool): ClientToolOffer {
  if (typeof tool !== 'object' || tool === null) throw fault('its function', 'as one object');
  return asOptions('registerTool()', () => read(tool));
}

function read(tool: ClientTool): ClientToolOffer {
  const { name, description, timeoutMs = DEFAULT_TIMEOUT_MS } = tool;
  const { parameters = { type: 'object', properties: {} } } = tool;
  if (typeof name !== 'string' || !/^[a-z_][\w-]{0,63}$/i.test(name))
    throw fault('name', '64 letters, digits, _ or -');
  const isText = typeof description === 'string';
  if (!isText || !description || description.length > LONGEST_DESCRIPTION) {
    throw fault('description', `a text of at most ${LONGEST_DESCRIPTION} characters`);
  }
  const schema = schemaOf(parameters);
  if (!schema) {
    throw fault('parameters', `a JSON Schema of type object, at most ${LONGEST_SCHEMA} characters`);
  }
  if (typeof timeoutMs !== 'number' || !(timeoutMs >= 100 && timeoutMs <= 60_000))
    throw fault('timeoutMs', '100 to 60000');
  if (typeof tool.run !== 'function') throw fault('run', 'a function');
  return { name, description, parameters: schema, timeout_ms: Math.round(timeoutMs) };
}

/** A copy: the page may change its own later. `null`: none that an agent takes. */
function schemaOf(parameters: ClientTool['parameters'] | null): Record<string, unknown> | null {
  try {
    const json = JSON.stringify(parameters);
    const schema = JSON.parse(json) as Record<string, unknown> | null;
    return schema?.['type'] === 'object' && json.length <= LONGEST_SCHEMA ? schema : null;
  } catch {
    // What JSON cannot carry.
    return null;
  }
}

function fault(member: string, what: string): CallError {
  return CallError.invalidOptions(`registerTool(): give ${member} ${what}.`);
}
