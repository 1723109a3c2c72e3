/** The functions that a page offers, and the telling of them to whichever agent is there. */
import type { CallEvents } from '../events.js';
import type { MediaSession, TextRefusedFailure } from '../media/media-port.js';
import { deliver, type StateWatch } from '../run/deliver.js';
import type { ClientToolOffer, ClientToolsTaken } from '../wire/client-tool.js';
import { offerOf, type ClientTool } from './client-tool.js';

interface Known {
  tool: ClientTool;
  offer: ClientToolOffer;
}

/** The functions of a `DialNexaWebCall`, for all its calls. */
export class CallTools {
  readonly #known = new Map<string, Known>();
  readonly #session: () => MediaSession | null | undefined;
  readonly #watch: StateWatch;
  readonly #told: (event: CallEvents['toolsOffered']) => void;
  /** Grows with every change. */
  #version = 0;
  /** What the present agent knows of; 0: nothing. */
  #toldVersion = 0;
  #isTelling = false;

  constructor(
    session: () => MediaSession | null | undefined,
    watch: StateWatch,
    told: (event: CallEvents['toolsOffered']) => void,
  ) {
    this.#session = session;
    this.#watch = watch;
    this.#told = told;
    watch.onChange(() => this.#look());
  }

  /** Throws `CallError` `invalid_options`. Returns a function that takes it back. */
  register(tool: ClientTool): () => void {
    const known = { tool, offer: offerOf(tool) };
    const { name } = known.offer;
    this.#change(() => this.#known.set(name, known));
    return () => {
      if (this.#known.get(name) === known) this.#change(() => this.#known.delete(name));
    };
  }

  find(name: string): ClientTool | undefined {
    return this.#known.get(name)?.tool;
  }

  #change(make: () => void): void {
    make();
    this.#version += 1;
    // Whatever else is registered in the same breath goes with it.
    queueMicrotask(() => this.#look());
  }

  #look(): void {
    const session = this.#session();
    const agentState = this.#watch.agentState();
    if (!session || !agentState || agentState === 'gone') {
      this.#toldVersion = 0;
      return;
    }
    const isNothing = this.#toldVersion === 0 && this.#known.size === 0;
    if (!this.#isTelling && !isNothing && this.#toldVersion !== this.#version) {
      void this.#tell(session);
    }
  }

  async #tell(session: MediaSession): Promise<void> {
    this.#isTelling = true;
    let [version, names]: [number, string[]] = [0, []];
    const ask = (isReady: boolean): Promise<string | null> => {
      version = this.#version;
      names = [...this.#known.keys()];
      const offers = [...this.#known.values()].map(({ offer }) => offer);
      return session.ask('tools', JSON.stringify(offers), isReady);
    };
    try {
      const { refused } = JSON.parse(await deliver(ask, this.#watch)) as ClientToolsTaken;
      this.#toldVersion = version;
      const taken = names.filter((name) => !refused.some((one) => one.name === name));
      this.#told({ taken, refused });
    } catch (error) {
      const { reason } = ((error as Error).cause ?? {}) as Partial<TextRefusedFailure>;
      // Anything but a refusal is tried again when the agent does something; so is what comes too often.
      if (reason && reason !== 'too_many') {
        this.#toldVersion = version;
        const refused = names.map((name) => ({ name, reason: 'not_supported' as const }));
        this.#told({ taken: [], refused });
      }
    }
    this.#isTelling = false;
    if (this.#version !== version) this.#look();
  }
}
