/** The version's functions as tools of the agent framework. */
import { llm } from '@livekit/agents';
import type { voice } from '@livekit/agents';
import type {
  AgentFunction,
  CallTransferFunction,
  CustomFunction,
} from '../../../sdk/wire/agent.js';
import { cutText } from '../report/cut-text.js';
import { secretsOf, tellableJson } from '../report/tellable-json.js';
import { callEndpoint } from './call-endpoint.js';
import type { FoundVariables } from './found-variables.js';
import { withoutFields } from './without-fields.js';

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
  /** Whose function it is; the version's unless said. */
  source?: 'page';
}

/** What the functions do outside themselves. */
export interface FunctionEffects {
  allowPrivateHosts: boolean;
  /** The agent has said its last words. */
  endCall(): void;
  /** To a destination outside of the call. */
  transfer(name: string, destinations: readonly string[]): Promise<void>;
  /** Answers the agent that goes on. Throws with a sentence that says why there is none. */
  handOver(agentId: string, reason: string | undefined): Promise<voice.Agent>;
  variables: FoundVariables;
  /** Their values have changed. */
  found(): void;
  say(words: string): void;
  /** For the language model's next answer: what a function has answered that is not talked about at once. */
  remember(name: string, answer: string): Promise<void>;
  onBegun(name: string): void;
  onCalled(called: FunctionCalled): void;
}

/** One tool a function, under the function's name. */
export function buildTools(
  functions: readonly AgentFunction[],
  effects: FunctionEffects,
): llm.ToolContextEntry[] {
  return functions.map((agentFunction) =>
    llm.tool({
      name: agentFunction.name,
      description: agentFunction.description,
      parameters: parametersOf(agentFunction) as never,
      execute: async (args: unknown, { ctx }) => {
        const began = Date.now();
        const secrets = new Set(headerSecrets(agentFunction, effects));
        const told = (how: Pick<FunctionCalled, 'ok' | 'error' | 'answer'>): void => {
          // What the answer has changed is a secret as well as what was sent.
          for (const secret of headerSecrets(agentFunction, effects)) secrets.add(secret);
          effects.onCalled(calledAs(agentFunction, args, Date.now() - began, how, [...secrets]));
        };
        effects.onBegun(agentFunction.name);
        try {
          const { answer, result } = await run(agentFunction, args, ctx, effects);
          told({ ok: true, answer });
          return result;
        } catch (error) {
          const reason = cutText(error instanceof Error ? error.message : String(error), 300);
          told({ ok: false, error: reason });
          throw new llm.ToolError(`The function failed: ${reason}`);
        }
      },
    }),
  );
}

/** `answer`: for the record; `result`: for the model, which says nothing to `undefined`. */
async function run(
  agentFunction: AgentFunction,
  args: unknown,
  { speechHandle }: Pick<voice.RunContext, 'speechHandle'>,
  effects: FunctionEffects,
): Promise<{ answer?: string; result?: unknown }> {
  switch (agentFunction.type) {
    case 'end_call':
      // Not before the goodbye that belongs to this answer has been heard, nor when the caller broke in on it.
      speechHandle.addDoneCallback(({ interrupted }) => {
        if (!interrupted) effects.endCall();
      });
      return {};
    case 'call_transfer': {
      const next = await transfer(agentFunction, args, effects);
      return next ? { result: llm.handoff({ agent: next }) } : {};
    }
    case 'custom': {
      const answer = await ask(agentFunction, args, effects);
      if (agentFunction.config.speak_after_execution !== false) return { answer, result: answer };
      await effects.remember(agentFunction.name, answer);
      return { answer };
    }
  }
}

async function transfer(
  { name, config }: CallTransferFunction,
  args: unknown,
  effects: FunctionEffects,
): Promise<voice.Agent | undefined> {
  const { agents = [], destinations } = config;
  const { agent_id, reason } = (args ?? {}) as { agent_id?: unknown; reason?: unknown };
  const [only] = agents;
  if (agent_id === undefined && (destinations || agents.length > 1)) {
    if (!destinations) throw new Error('agent_id says whom to transfer to');
    await effects.transfer(name, destinations);
    return undefined;
  }
  const next = agent_id === undefined ? only : agents.find((one) => one.agent_id === agent_id);
  if (!next) throw new Error('this function does not transfer to that agent');
  return effects.handOver(
    next.agent_id,
    typeof reason === 'string' ? cutText(reason, 1_000) : undefined,
  );
}

async function ask(
  { config }: CustomFunction,
  args: unknown,
  { variables, say, found, allowPrivateHosts }: FunctionEffects,
): Promise<string> {
  const holding = config.holding_message?.trim();
  if (holding && config.speak_during_execution !== false) say(variables.render(holding));
  const given = (args ?? {}) as Record<string, unknown>;
  const answer = await callEndpoint(variables.request(config), given, allowPrivateHosts);
  if (variables.take(config, answer)) found();
  return answer;
}

/** Values of headers are secrets wherever they appear; headers themselves are not told. */
function headerSecrets(
  agentFunction: AgentFunction,
  { variables }: Pick<FunctionEffects, 'variables'>,
): string[] {
  if (agentFunction.type !== 'custom') return [];
  return secretsOf(variables.request(agentFunction.config).headers);
}

function calledAs(
  agentFunction: AgentFunction,
  args: unknown,
  latencyMs: number,
  { ok, error, answer }: Pick<FunctionCalled, 'ok' | 'error' | 'answer'>,
  secrets: readonly string[],
): FunctionCalled {
  const hidden =
    agentFunction.type === 'custom' ? agentFunction.config.sensitive_fields : undefined;
  const isTold = agentFunction.type !== 'end_call';
  const given = isTold ? tellableJson(withoutFields(args, hidden), secrets) : undefined;
  const isObject = typeof given === 'object' && given !== null && !Array.isArray(given);
  return {
    name: agentFunction.name,
    ok,
    latencyMs,
    error: error === undefined ? undefined : String(tellableJson(error, secrets)),
    ...(isObject ? { arguments: given as Record<string, unknown> } : {}),
    answer: tellableJson(withoutFields(answer, hidden), secrets),
  };
}

function parametersOf(agentFunction: AgentFunction): Record<string, unknown> {
  if (agentFunction.type === 'custom') return agentFunction.config.parameters;
  if (agentFunction.type === 'call_transfer' && agentFunction.config.agents) {
    const { agents, destinations } = agentFunction.config;
    const whom = agents.map(({ agent_id, description }) => `${agent_id}: ${description}`);
    const agent_id = {
      type: 'string',
      enum: agents.map((one) => one.agent_id),
      description: whom.join('\n'),
    };
    const reason = { type: 'string', description: 'Why, in one sentence.' };
    return {
      type: 'object',
      properties: { agent_id, reason },
      required: destinations ? [] : ['agent_id', 'reason'],
    };
  }
  return { type: 'object', properties: {}, required: [] };
}
