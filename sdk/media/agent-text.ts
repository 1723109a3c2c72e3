/** Typed words on their way to the agent. */
import { RpcError, type LocalParticipant, type RemoteParticipant } from './livekit.js';
import { TextRefusedError } from './text-refused-error.js';

const TEXT_METHOD = 'dialnexa.text';
const REFUSED = 4100;
const CHAT_TOPIC = 'lk.chat';
const TYPING_TOPIC = 'dialnexa.typing';
const { UNSUPPORTED_METHOD, UNSUPPORTED_SERVER, UNSUPPORTED_VERSION } = RpcError.ErrorCode;
/** Whoever answers so takes texts as every LiveKit agent does, and says nothing about it. */
const TAKES_CHAT_ONLY: readonly number[] = [
  UNSUPPORTED_METHOD,
  UNSUPPORTED_SERVER,
  UNSUPPORTED_VERSION,
];

/** Remembers which agents take texts without saying so. */
export class AgentText {
  readonly #silent = new Set<string>();

  /**
   * Resolves with whether the agent has taken it, or is ready and was sent it. Rejects with `TextRefusedError`, or what
   * broke.
   */
  async send(
    me: LocalParticipant,
    agent: RemoteParticipant | null,
    text: string,
    isReady: boolean,
  ): Promise<boolean> {
    if (!isReady && !agent?.isActive) return false;
    const isSilent = !agent || this.#silent.has(agent.identity);
    if (!isSilent && (await this.#ask(me, agent.identity, text))) return true;
    if (!isReady) return false;
    if (agent) this.#silent.add(agent.identity);
    await me.sendText(text, { topic: CHAT_TOPIC });
    return true;
  }

  /** Never rejects: a sign that is lost is followed by another. */
  async typing(me: LocalParticipant): Promise<void> {
    const sign = new Uint8Array(1);
    await me.publishData(sign, { topic: TYPING_TOPIC, reliable: true }).catch(() => {});
  }

  /** Whether the agent knows how to be asked. */
  async #ask(me: LocalParticipant, agent: string, text: string): Promise<boolean> {
    try {
      await me.performRpc({ destinationIdentity: agent, method: TEXT_METHOD, payload: text });
      return true;
    } catch (cause) {
      if (!(cause instanceof RpcError)) throw cause;
      if (cause.code === REFUSED) throw new TextRefusedError(cause.message, cause);
      if (!TAKES_CHAT_ONLY.includes(cause.code)) throw cause;
      return false;
    }
  }
}
