/** Follows the agent: waits for it, tells when it answers, and gives up when it never does. */
import { CallError } from '../error/call-error.js';
import type { AgentState } from '../state/call-state.js';
import { Watchdog } from './watchdog.js';

const PATIENCE_MS = 20_000;

/** What the watch tells. */
export interface AgentListener {
  joined(): void;
  answered(agentState: AgentState): void;
  changed(agentState: AgentState): void;
  gaveUp(error: CallError): void;
}

/** The server ends such calls sooner; this is for the page that hears nothing from it. */
export class AgentWatch {
  readonly #listener: AgentListener;
  readonly #watchdog = new Watchdog();
  #state: AgentState | null = null;
  #answered = false;
  #audible = false;

  constructor(listener: AgentListener) {
    this.#listener = listener;
  }

  get state(): AgentState | null {
    return this.#state;
  }

  get hasAnswered(): boolean {
    return this.#answered;
  }

  /** Media is up: from now on the agent is due. */
  begin(): void {
    if (!this.#answered) this.#expect('agent_did_not_join');
  }

  /** The agent's own word; `null` when it is not in the room. */
  see(seen: Exclude<AgentState, 'gone'> | null): void {
    const next = seen ?? (this.#state === null ? null : 'gone');
    if (next === null || next === this.#state) return;
    const first = this.#state === null;
    this.#state = next;
    if (first) this.#listener.joined();
    if (next === 'gone') this.#expect('agent_failed');
    else if (first || this.#answered) this.#watchdog.stop();
    if (first && !this.#ready()) this.#expect('agent_did_not_join');
    this.#listener.changed(next);
    this.#answerIfReady();
  }

  /** An agent that says nothing about itself has answered when its sound is there. */
  hear(audible: boolean): void {
    this.#audible = audible;
    this.#answerIfReady();
  }

  stop(): void {
    this.#watchdog.stop();
  }

  #ready(): boolean {
    if (this.#state === null || this.#state === 'gone') return false;
    return this.#state !== 'initializing' || this.#audible;
  }

  #answerIfReady(): void {
    if (this.#answered || !this.#ready() || this.#state === null) return;
    this.#answered = true;
    this.#watchdog.stop();
    this.#listener.answered(this.#state);
  }

  #expect(otherwise: 'agent_did_not_join' | 'agent_failed'): void {
    this.#watchdog.wind(PATIENCE_MS, () => this.#listener.gaveUp(new CallError(otherwise)));
  }
}
