/** What processes of this machine use, read from /proc. */
import { readFileSync, readdirSync } from 'node:fs';

/** `{ pid, command, cpu, memoryMb }` with CPU in seconds since its start; `null` when it is gone. */
export function readProcess(pid) {
  try {
    const command = readFileSync(`/proc/${pid}/cmdline`, 'latin1');
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ').at(-1).split(' ');
    const rss = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'latin1'));
    const cpu = (Number(stat[11]) + Number(stat[12])) / 100;
    return { pid: Number(pid), command, cpu, memoryMb: Math.round(Number(rss?.[1] ?? 0) / 1_024) };
  } catch {
    return null;
  }
}

/** The processes that answer calls, warm ones included. */
export function jobProcesses() {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(readProcess)
    .filter((one) => one?.command.includes('job_proc_lazy_main'));
}

/** Seconds that all cores were busy, and that they could have been, since the machine started. */
export function machineTime() {
  const [, ...fields] = readFileSync('/proc/stat', 'latin1').split('\n')[0].split(/\s+/);
  const ticks = fields.map(Number);
  const total = ticks.slice(0, 8).reduce((sum, tick) => sum + tick, 0);
  return { busy: (total - ticks[3] - ticks[4]) / 100, total: total / 100 };
}
