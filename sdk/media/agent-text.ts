/** Sends typed text and keys to the agent: text by RPC, or as LiveKit's chat to agents without that method. */
import { RpcError, type LocalParticipant, type RemoteParticipant } from './livekit.js';
import { TextRefusedError } from './text-refused-error.js';

const REFUSED = 4100;
const CHAT_TOPIC = 'lk.chat';
const TYPING_TOPIC = 'dialnexa.typing';
/** By their numbers in the standard. */
const KEYS = '0123456789*#ABCD';
/** A message that is lost so often in a row is given up. */
const MOST_LOSSES = 3;
/** The same words are another text when the first ones were sent so long ago. */
const SAME_MS = 60_000;
const {
  CONNECTION_TIMEOUT,
  RECIPIENT_DISCONNECTED,
  RESPONSE_TIMEOUT,
  UNSUPPORTED_METHOD,
  UNSUPPORTED_SERVER,
  UNSUPPORTED_VERSION,
} = RpcError.ErrorCode;
/** RPC errors by which an agent shows that it has no such method. */
const HAS_NO_METHOD: readonly number[] = [
  UNSUPPORTED_METHOD,
  UNSUPPORTED_SERVER,
  UNSUPPORTED_VERSION,
];
/** In place of a code: the connection failed in another way. */
const NOT_OF_RPC = 0;
/** RPC errors after which nobody here knows whether the agent has the message: it may be lost, or what was answered to it. */
const MAY_BE_LOST: readonly number[] = [
  CONNECTION_TIMEOUT,
  RECIPIENT_DISCONNECTED,
  RESPONSE_TIMEOUT,
  NOT_OF_RPC,
];

/** What may be asked of the agent. */
type Method = 'text' | 'text_once' | 'context' | 'tools';
/** What does no harm when it comes twice. */
const REPEATABLE: readonly Method[] = ['text_once', 'tools'];

/** Sends texts, and remembers which agents take them how. */
export class AgentText {
  /** Who knows no ids of texts. */
  readonly #plain = new Set<string>();
  /** Who reads the chat only, which has no answer. */
  readonly #silent = new Set<string>();
  readonly #losses = new Map<string, number>();
  /** The text that may be lost: it is sent again as the same. */
  #unsure: { id: string; text: string; since: number } | null = null;

  /**
   * Resolves with `true` when the agent has taken the text, or was sent it as chat; with `false` when it is not ready, or the
   * text may be lost: then it may be sent again. Rejects with `TextRefusedError`, or with the error of the connection.
   */
  async send(
    me: LocalParticipant,
    agent: RemoteParticipant | null,
    text: string,
    isReady: boolean,
  ): Promise<boolean> {
    if (!agent || !(isReady || agent.isActive)) return false;
    if (!this.#silent.has(agent.identity)) {
      const answer = await this.#say(me, agent, text, isReady);
      if (answer !== null) return answer !== undefined;
    }
    if (!isReady) return false;
    this.#silent.add(agent.identity);
    await me.sendText(text, { topic: CHAT_TOPIC });
    return true;
  }

  /** Tells the agent that the caller is typing. Never rejects: another signal follows a lost one. */
  async typing(me: LocalParticipant): Promise<void> {
    const sign = new Uint8Array(1);
    await me.publishData(sign, { topic: TYPING_TOPIC, reliable: true }).catch(() => {});
  }

  /**
   * Asks by RPC; `null` when the agent has no such method, `undefined` when the message may be lost and may be sent again.
   * Rejects as `send`.
   */
  async ask(
    me: LocalParticipant,
    { identity }: Pick<RemoteParticipant, 'identity'>,
    what: Method,
    payload: string,
  ): Promise<string | null | undefined> {
    const key = what + payload;
    try {
      const method = `dialnexa.${what}`;
      const answer = await me.performRpc({ destinationIdentity: identity, method, payload });
      this.#losses.delete(key);
      return answer;
    } catch (cause) {
      const code = cause instanceof RpcError ? cause.code : NOT_OF_RPC;
      if (MAY_BE_LOST.includes(code) && this.#mayRepeat(what, code, key)) return undefined;
      this.#losses.delete(key);
      if (code === REFUSED) throw new TextRefusedError((cause as RpcError).message, cause);
      if (!HAS_NO_METHOD.includes(code)) throw cause;
      return null;
    }
  }

  /** One packet a key, as from a phone. */
  async press(me: LocalParticipant, digits: string): Promise<void> {
    for (const digit of digits) await me.publishDtmf(KEYS.indexOf(digit), digit);
  }

  /** By its id where the agent knows such. One that is not ready may not have its methods yet. */
  async #say(
    me: LocalParticipant,
    agent: RemoteParticipant,
    text: string,
    isReady: boolean,
  ): Promise<string | null | undefined> {
    if (!this.#plain.has(agent.identity)) {
      const payload = JSON.stringify({ id: this.#idOf(text), text });
      const answer = await this.ask(me, agent, 'text_once', payload).catch((cause: unknown) => {
        // What was refused is another text when it is sent again.
        if (cause instanceof TextRefusedError) this.#unsure = null;
        throw cause;
      });
      if (answer !== undefined) this.#unsure = null;
      if (answer !== null) return answer;
      if (isReady) this.#plain.add(agent.identity);
    }
    return this.ask(me, agent, 'text', text);
  }

  #idOf(text: string): string {
    const now = performance.now();
    if (this.#unsure?.text !== text || now - this.#unsure.since > SAME_MS) {
      this.#unsure = { id: newId(), text, since: now };
    }
    return this.#unsure.id;
  }

  /** What may not come twice, only once, and where the agent has not even said that it came. */
  #mayRepeat(what: Method, code: number, key: string): boolean {
    const isRepeatable = REPEATABLE.includes(what);
    if (!isRepeatable && code !== CONNECTION_TIMEOUT) return false;
    const losses = (this.#losses.get(key) ?? 0) + 1;
    this.#losses.set(key, losses);
    return losses < (isRepeatable ? MOST_LOSSES : 2);
  }
}

function newId(): string {
  return crypto.getRandomValues(new Uint32Array(3)).join('-');
}
