/** The version's functions as tools of the agent framework. */
import { llm } from '@livekit/agents';
import type { AgentFunction } from '../../../sdk/wire/agent.js';
import { cutText } from '../report/cut-text.js';
import { secretsOf, tellableJson } from '../report/tellable-json.js';
import { callEndpoint } from './call-endpoint.js';

/** One call of a function, for the record. */
export interface FunctionCalled {
  name: string;
  ok: boolean;
  /** Milliseconds. */
  latencyMs: number;
  error?: string | undefined;
  /** As JSON that the server takes; `undefined`: none. */
  arguments?: Record<string, unknown> | undefined;
  answer?: unknown;
}

/** What the functions do outside themselves. */
export interface FunctionEffects {
  allowPrivateHosts: boolean;
  /** The agent has said its last words. */
  endCall(): void;
  transfer(name: string, destinations: readonly string[]): Promise<void>;
  onCalled(called: FunctionCalled): void;
}

/** One tool a function, under the function's name. */
export function buildTools(
  functions: readonly AgentFunction[],
  effects: FunctionEffects,
): llm.ToolContextLike {
  return functions.map((agentFunction) =>
    llm.tool({
      name: agentFunction.name,
      description: agentFunction.description,
      parameters: parametersOf(agentFunction) as never,
      execute: async (args: unknown, { ctx }) => {
        const began = Date.now();
        const told = (how: Pick<FunctionCalled, 'ok' | 'error' | 'answer'>): void =>
          effects.onCalled(calledAs(agentFunction, args, Date.now() - began, how));
        try {
          if (agentFunction.type === 'end_call') {
            // Not before the goodbye that belongs to this answer has been heard, nor when the caller broke in on it.
            ctx.speechHandle.addDoneCallback(({ interrupted }) => {
              if (!interrupted) effects.endCall();
            });
            told({ ok: true });
            return undefined;
          }
          const result = await run(agentFunction, args, effects);
          told({ ok: true, answer: result });
          return result;
        } catch (error) {
          const reason = cutText(error instanceof Error ? error.message : String(error), 300);
          told({ ok: false, error: reason });
          throw new llm.ToolError(`The function failed: ${reason}`);
        }
      },
    }),
  ) as llm.ToolContextLike;
}

async function run(
  agentFunction: Exclude<AgentFunction, { type: 'end_call' }>,
  args: unknown,
  effects: FunctionEffects,
): Promise<string | undefined> {
  if (agentFunction.type === 'call_transfer') {
    await effects.transfer(agentFunction.name, agentFunction.config.destinations ?? []);
    return undefined;
  }
  const given = (args ?? {}) as Record<string, unknown>;
  return callEndpoint(agentFunction.config, given, effects.allowPrivateHosts);
}

/** Values of headers are secrets wherever they appear; headers themselves are not told. */
function calledAs(
  agentFunction: AgentFunction,
  args: unknown,
  latencyMs: number,
  { ok, error, answer }: Pick<FunctionCalled, 'ok' | 'error' | 'answer'>,
): FunctionCalled {
  const isCustom = agentFunction.type === 'custom';
  const secrets = isCustom ? secretsOf(agentFunction.config.headers) : [];
  const given = isCustom ? tellableJson(args, secrets) : undefined;
  const isObject = typeof given === 'object' && given !== null && !Array.isArray(given);
  return {
    name: agentFunction.name,
    ok,
    latencyMs,
    error: error === undefined ? undefined : String(tellableJson(error, secrets)),
    ...(isObject ? { arguments: given as Record<string, unknown> } : {}),
    answer: tellableJson(answer, secrets),
  };
}

function parametersOf(agentFunction: AgentFunction): Record<string, unknown> {
  if (agentFunction.type === 'custom') return agentFunction.config.parameters;
  return { type: 'object', properties: {}, required: [] };
}
