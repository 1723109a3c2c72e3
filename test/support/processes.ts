/** Looks at the operating system's processes, to prove that none was left behind. */
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** Only Linux shows the environment of processes in files; tests that need it are left out elsewhere. */
export const canListProcesses = process.platform === 'linux';
if (!canListProcesses) {
  console.log(`tests of left-over processes: left out, because ${process.platform} has no /proc.`);
}

/** One live process. */
export interface LiveProcess {
  pid: number;
  command: string;
}

/** Live processes whose environment holds this text, e.g. a data folder's path. Linux only. */
export function processesWith(text: string): LiveProcess[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter((name) => read(`/proc/${name}/environ`).includes(text))
    .filter((name) => !/^State:\s+Z/m.test(read(`/proc/${name}/status`)))
    .map((name) => ({
      pid: Number(name),
      command: read(`/proc/${name}/cmdline`).replaceAll('\0', ' ').trim(),
    }));
}

/** A process and those that it started itself. Linux only. */
export function withChildren(pid: number): number[] {
  const parent = new RegExp(`^PPid:\\s+${pid}$`, 'm');
  return [
    pid,
    ...readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name) && parent.test(read(`/proc/${name}/status`)))
      .map(Number),
  ];
}

/** The most memory that a process has ever held, in MB. Linux only. */
export function mostMemory(pid: number): number {
  return Number(/^VmHWM:\s+(\d+)/m.exec(read(`/proc/${pid}/status`))?.[1] ?? 0) / 1_024;
}

/** The sockets that a process holds open: network ones, not its pipes. */
export function socketCount(pid: number): number {
  const inodes = new Set(
    ['tcp', 'tcp6', 'udp', 'udp6'].flatMap((table) =>
      read(`/proc/${pid}/net/${table}`)
        .split('\n')
        .slice(1)
        .map((line) => line.trim().split(/\s+/)[9] ?? ''),
    ),
  );
  return readdirSync(`/proc/${pid}/fd`).filter((fd) => {
    const inode = /^socket:\[(\d+)\]$/.exec(readLink(`/proc/${pid}/fd/${fd}`))?.[1];
    return inode !== undefined && inodes.has(inode);
  }).length;
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

function readLink(file: string): string {
  try {
    return readlinkSync(file);
  } catch {
    return '';
  }
}
