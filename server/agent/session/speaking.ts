/** Who speaks in a call: all that goes by a version's settings follows it from here when another agent takes over. */
import type { llm, stt, tts } from '@livekit/agents';
import type { AgentJobSuccessor } from '../../../sdk/wire/agent-job.js';

/** A version, and what it hears, thinks and speaks with; without ears and voice in a call that is typed only. */
export interface Speaker extends AgentJobSuccessor {
  stt: stt.STT | null;
  llm: llm.LLM;
  tts: tts.TTS | null;
}

/** Of one call. */
export class Speaking<S = Speaker> {
  readonly #all: [S, ...S[]];
  readonly #followers = new Set<(now: S) => void>();

  constructor(first: S) {
    this.#all = [first];
  }

  get now(): S {
    return this.#all.at(-1) ?? this.#all[0];
  }

  /** In the order in which they have spoken. */
  get all(): readonly S[] {
    return this.#all;
  }

  /** Another one speaks from now on. */
  take(next: S): void {
    this.#all.push(next);
    for (const follow of this.#followers) follow(next);
  }

  /** Calls at once, and again for everyone who takes over; answers what ends that. */
  follow(act: (now: S) => void): () => void {
    this.#followers.add(act);
    act(this.now);
    return () => {
      this.#followers.delete(act);
    };
  }
}
