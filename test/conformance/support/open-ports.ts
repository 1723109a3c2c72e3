/** Where a process listens, read from the kernel. */
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** A local socket of a process: its address in dotted form and its port. */
export interface OpenPort {
  readonly address: string;
  readonly port: number;
}

const LISTENING = '0A';

/** The listening TCP sockets, or all UDP sockets, of a process. */
export function openPorts(pid: number, protocol: 'tcp' | 'udp'): OpenPort[] {
  const own = new Set(
    readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
      try {
        return /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${fd}`))?.[1] ?? [];
      } catch {
        return [];
      }
    }),
  );
  return [protocol, `${protocol}6`].flatMap((table) =>
    readFileSync(`/proc/${pid}/net/${table}`, 'utf8')
      .split('\n')
      .slice(1)
      .map((line) => line.trim().split(/\s+/))
      .filter((columns) => own.has(columns[9] ?? ''))
      .filter((columns) => protocol === 'udp' || columns[3] === LISTENING)
      .map((columns) => parse(columns[1] ?? '')),
  );
}

function parse(local: string): OpenPort {
  const [hex = '', port = ''] = local.split(':');
  const bytes = hex.length === 8 ? (hex.match(/../g) ?? []).reverse() : [hex];
  const address = bytes.length === 4 ? bytes.map((byte) => parseInt(byte, 16)).join('.') : hex;
  return { address, port: parseInt(port, 16) };
}
