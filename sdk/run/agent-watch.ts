/** Watches the agent: reports when it joins, answers or leaves, and gives up when it does not answer in time. */
import { CallError } from '../error/call-error.js';
import type { AgentState } from '../state/call-state.js';
import { Watchdog } from './watchdog.js';

/** The server gives an agent that is on its way up to 30 s. */
const JOIN_TIMEOUT_MS = 35_000;
const RETURN_TIMEOUT_MS = 20_000;

/** What the watch reports. */
export interface AgentListener {
  joined(): void;
  answered(agentState: AgentState): void;
  changed(agentState: AgentState): void;
  gaveUp(error: CallError): void;
}

/**
 * The watch of one call. The server ends calls without an agent earlier; this limit is for pages that lost contact to
 * it.
 */
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

  /** Media is up: the agent must answer within 35 s from now on. */
  begin(): void {
    if (!this.#answered) this.#expect('agent_did_not_join');
  }

  /** The state that the agent publishes; `null`: no agent is in the room. */
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

  /** Whether the agent's audio is there: an agent that does not publish its state has answered by that. */
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
    const ms = otherwise === 'agent_failed' ? RETURN_TIMEOUT_MS : JOIN_TIMEOUT_MS;
    this.#watchdog.start(ms, () => this.#listener.gaveUp(new CallError(otherwise)));
  }
}
