/** Sends typed text and keys to the agent: text by RPC, or as LiveKit's chat to agents without that method. */
import { RpcError, type LocalParticipant, type RemoteParticipant } from './livekit.js';
import { TextRefusedError } from './text-refused-error.js';

const REFUSED = 4100;
const CHAT_TOPIC = 'lk.chat';
const TYPING_TOPIC = 'dialnexa.typing';
/** By their numbers in the standard. */
const KEYS = '0123456789*#ABCD';
const { CONNECTION_TIMEOUT, UNSUPPORTED_METHOD, UNSUPPORTED_SERVER, UNSUPPORTED_VERSION } =
  RpcError.ErrorCode;
/** RPC errors by which an agent shows that it has no such method: it reads LiveKit's chat only, which has no answer. */
const TAKES_CHAT_ONLY: readonly number[] = [
  UNSUPPORTED_METHOD,
  UNSUPPORTED_SERVER,
  UNSUPPORTED_VERSION,
];

/** Sends texts, and remembers which agents read the chat only. */
export class AgentText {
  readonly #silent = new Set<string>();

  /**
   * Resolves with `true` when the agent has taken the text, or was sent it as chat; with `false` when it is not ready.
   * Rejects with `TextRefusedError`, or with the error of the connection.
   */
  async send(
    me: LocalParticipant,
    agent: RemoteParticipant | null,
    text: string,
    isReady: boolean,
  ): Promise<boolean> {
    if (!isReady && !agent?.isActive) return false;
    const isSilent = !agent || this.#silent.has(agent.identity);
    if (!isSilent && (await this.ask(me, agent, 'text', text)) !== null) return true;
    if (!isReady) return false;
    if (agent) this.#silent.add(agent.identity);
    await me.sendText(text, { topic: CHAT_TOPIC });
    return true;
  }

  /** Tells the agent that the caller is typing. Never rejects: another signal follows a lost one. */
  async typing(me: LocalParticipant): Promise<void> {
    const sign = new Uint8Array(1);
    await me.publishData(sign, { topic: TYPING_TOPIC, reliable: true }).catch(() => {});
  }

  /** Asks by RPC; `null` when the agent has no such method. Rejects as `send`. */
  async ask(
    me: LocalParticipant,
    agent: Pick<RemoteParticipant, 'identity'>,
    what: string,
    payload: string,
    isAgain = false,
  ): Promise<string | null> {
    const method = `dialnexa.${what}`;
    try {
      return await me.performRpc({ destinationIdentity: agent.identity, method, payload });
    } catch (cause) {
      if (!(cause instanceof RpcError)) throw cause;
      // The agent has not even said that it came: it was lost on the way, as during a reconnect.
      if (cause.code === CONNECTION_TIMEOUT && !isAgain) {
        return this.ask(me, agent, what, payload, true);
      }
      if (cause.code === REFUSED) throw new TextRefusedError(cause.message, cause);
      if (!TAKES_CHAT_ONLY.includes(cause.code)) throw cause;
      return null;
    }
  }

  /** One packet a key, as from a phone. */
  async press(me: LocalParticipant, digits: string): Promise<void> {
    for (const digit of digits) await me.publishDtmf(KEYS.indexOf(digit), digit);
  }
}
