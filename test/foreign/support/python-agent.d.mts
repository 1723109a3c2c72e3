/** Types of `python-agent.mjs`, which the runner needs before anything is compiled. */
import type { WorkerCommand } from './worker.js';

/** How to start the agent, or why it cannot be had on this machine. */
export type PythonAgent = { command: WorkerCommand } | { missing: string };

/** How to start the agent, or why it cannot be had. */
export declare function findPythonAgent(): PythonAgent;
/** Installs what is not there, and answers where; throws one sentence when it cannot. */
export declare function ensurePythonAgent(say: (line: string) => void): Promise<string>;
