/** The version's functions as tools of the agent framework. */
import { llm } from '@livekit/agents';
import type { AgentFunction } from '../../../sdk/wire/agent.js';
import { cutText } from '../report/cut-text.js';
import { callEndpoint } from './call-endpoint.js';

/** What the functions do outside themselves. */
export interface FunctionEffects {
  allowPrivateHosts: boolean;
  /** The agent has said its last words. */
  endCall(): void;
  transfer(name: string, destinations: readonly string[]): Promise<void>;
  onCalled(name: string, ok: boolean, latencyMs: number, error?: string): void;
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
        try {
          if (agentFunction.type === 'end_call') {
            // Not before the goodbye that belongs to this answer has been heard, nor when the caller broke in on it.
            ctx.speechHandle.addDoneCallback(({ interrupted }) => {
              if (!interrupted) effects.endCall();
            });
            effects.onCalled(agentFunction.name, true, Date.now() - began);
            return undefined;
          }
          const result = await run(agentFunction, args, effects);
          effects.onCalled(agentFunction.name, true, Date.now() - began);
          return result;
        } catch (error) {
          const reason = cutText(error instanceof Error ? error.message : String(error), 300);
          effects.onCalled(agentFunction.name, false, Date.now() - began, reason);
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
    await effects.transfer(agentFunction.name, agentFunction.config.destinations);
    return undefined;
  }
  const given = (args ?? {}) as Record<string, unknown>;
  return callEndpoint(agentFunction.config, given, effects.allowPrivateHosts);
}

function parametersOf(agentFunction: AgentFunction): Record<string, unknown> {
  if (agentFunction.type === 'custom') return agentFunction.config.parameters;
  return { type: 'object', properties: {}, required: [] };
}
