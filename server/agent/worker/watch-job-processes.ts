/** Detects in the worker when a call's process dies, and why, because the framework does not report it. */
import type { ChildProcess } from 'node:child_process';
import { subscribe } from 'node:diagnostics_channel';

/** The framework kills a process that has not answered for a minute; one that answered more recently was killed for its memory. */
const SILENT_MS = 50_000;

/** The first message from a call's process to its worker. */
export interface JobBegun {
  type: 'job_begun';
  job_id: string;
}

/** Called for every job whose process did not end by itself, with a sentence for the record. */
export type JobDied = (jobId: string, reason: string) => void;

/** Follows every process that this one forks from now on. `memoryLimitMb` is what the framework was told. */
export function watchJobProcesses(memoryLimitMb: number, onDied: JobDied): void {
  subscribe('child_process', (message) => {
    const { process: child } = message as { process: ChildProcess };
    let jobId: string | null = null;
    let heardAt = 0;
    child.on('message', (said) => {
      heardAt = Date.now();
      if (isJobBegun(said)) jobId = said.job_id;
    });
    child.once('exit', (code, signal) => {
      if (jobId === null || code === 0) return;
      const isSilent = Date.now() - heardAt > SILENT_MS;
      if (!child.killed) onDied(jobId, `The agent broke down (${signal ?? `code ${code}`}).`);
      else if (isSilent) onDied(jobId, 'The agent hung, and was stopped.');
      else
        onDied(jobId, `The agent used more than ${memoryLimitMb} MB of memory, and was stopped.`);
    });
  });
}

function isJobBegun(said: unknown): said is JobBegun {
  return (said as Partial<JobBegun> | null)?.type === 'job_begun';
}
