/** The agent that speaks, and those that it hands the call to. */
import type { llm, voice } from '@livekit/agents';
import type { TransferParty } from '../../../sdk/wire/call.js';
import type { CallTransferMessage } from '../../../sdk/wire/client-tool.js';
import { buildTools } from '../functions/build-tools.js';
import type { FunctionEffects } from '../functions/build-tools.js';
import { cutText } from '../report/cut-text.js';
import { turnHandlingOf } from '../session/build-session.js';
import { tellableJson } from '../report/tellable-json.js';
import { addKnowledge } from '../session/add-knowledge.js';
import { createAgent } from '../session/knowing-agent.js';
import { takeOver } from '../session/speak-first.js';
import type { Speaker } from '../session/speaking.js';
import type { JobProgress } from './job-progress.js';
import type { JobTools } from './job-tools.js';
import type { Conversation } from './open-conversation.js';

const TRANSFER_TOPIC = 'dialnexa.transfer';
/** What was told before has to be stored, so that the server knows who speaks. */
const TOLD_MS = 3_000;

/** `chatCtx`: what was said before it speaks. */
export function buildAgent(
  tools: JobTools,
  speaker: Speaker,
  conversation: Conversation,
  progress: JobProgress,
  chatCtx?: llm.ChatContext,
): voice.Agent {
  const { ctx, config, log } = tools;
  const { session, report, embedder, variables, page } = conversation;
  const { settings, stt, llm, tts } = speaker;
  const effects: FunctionEffects = {
    allowPrivateHosts: config.allowPrivateHosts,
    variables,
    endCall: () => void progress.end('agent_disconnected'),
    transfer: async (name, destinations) => {
      const message: CallTransferMessage = { name, destinations: [...destinations] };
      const text = JSON.stringify(message);
      await ctx.room.localParticipant?.sendText(text, { topic: TRANSFER_TOPIC });
      report.note('call_transfer', { ...message });
    },
    handOver: (agentId, reason) =>
      handOver(tools, speaker, conversation, progress, { agentId, reason }),
    found: () => {
      agent.updateInstructions(variables.render(settings.prompt)).catch((error: unknown) => {
        log.warn({ reason: String(error) }, 'the prompt keeps its former variables');
      });
    },
    say: (words) => void session.say(words, { addToChatCtx: true }),
    remember: (name, answer) => addKnowledge(agent, `The function ${name} answered: ${answer}`),
    onBegun: (name) => page.tellFunction({ name, status: 'started' }),
    onCalled: (called) => {
      page.tellFunction({ name: called.name, status: called.ok ? 'succeeded' : 'failed' });
      report.functionCalled(called);
    },
  };
  const own = buildTools(settings.functions, effects);
  const agent: voice.Agent = createAgent(
    settings,
    {
      instructions: variables.render(settings.prompt),
      stt,
      llm,
      tts,
      turnHandling: turnHandlingOf(settings),
      ...(chatCtx ? { chatCtx } : {}),
      tools: own,
    },
    embedder,
    report,
  );
  agent.onEnter = () =>
    page.tools.serve({
      settings,
      effects,
      use: (offered) => agent.updateTools([...own, ...offered]),
      told: (taken, refused) =>
        report.note('tools_offered', { taken, refused: tellableJson(refused, []) }),
    });
  return agent;
}

async function handOver(
  tools: JobTools,
  from: Speaker,
  conversation: Conversation,
  progress: JobProgress,
  { agentId, reason }: { agentId: string; reason: string | undefined },
): Promise<voice.Agent> {
  const { session, report, queue, variables, page } = conversation;
  const why = reason === undefined ? {} : { reason };
  try {
    await queue.flush(TOLD_MS);
    const next = await conversation.next({ agent_id: agentId, variables: variables.found });
    const agent = buildAgent(tools, next, conversation, progress, saidIn(session));
    const enter = agent.onEnter.bind(agent);
    agent.onEnter = async () => {
      if (progress.isOver()) return;
      conversation.speaking.take(next);
      // The words with which it was handed over were still being said.
      await agent.updateChatCtx(saidIn(session));
      await agent.updateInstructions(variables.render(next.settings.prompt));
      await enter();
      report.transferred({ from: partyOf(from), to: partyOf(next), ...why, status: 'completed' });
      page.tellAgent({ agent_id: next.agent_id, agent_name: next.agent_name });
      takeOver(session, next.settings, variables.render);
    };
    return agent;
  } catch (error) {
    const sentence = cutText(error instanceof Error ? error.message : String(error), 500);
    const to = { agent_id: agentId };
    report.transferred({ from: partyOf(from), to, ...why, status: 'failed', error: sentence });
    throw error;
  }
}

/** Without what is no business of another agent's. */
function saidIn(session: voice.AgentSession): llm.ChatContext {
  return session.history.copy({
    excludeInstructions: true,
    excludeFunctionCall: true,
    excludeEmptyMessage: true,
    excludeHandoff: true,
    excludeConfigUpdate: true,
  });
}

function partyOf(one: TransferParty): TransferParty {
  const { agent_id, agent_version_id, agent_version_number, agent_name } = one;
  return { agent_id, agent_version_id, agent_version_number, agent_name };
}
