/** Ports for tests that start a process of their own. */
import { createSocket } from 'node:dgram';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';

const lowest = 15_000;
const given = new Set();

/** A port of 127.0.0.1 that is free for TCP and UDP, and that no outgoing connection will be given. */
export function freePort() {
  return freePorts(1);
}

/** The first of so many free ports in a row. */
export async function freePorts(count) {
  const end = firstEphemeralPort() - count;
  for (let tries = 0; tries < 1000; tries += 1) {
    const first = lowest + Math.floor(Math.random() * (end - lowest));
    const ports = Array.from({ length: count }, (_, index) => first + index);
    if (ports.some((port) => given.has(port))) continue;
    for (const port of ports) given.add(port);
    const free = await Promise.all(ports.map(isFree));
    if (free.every(Boolean)) return first;
  }
  throw new Error(`There are no ${count} free ports from ${lowest} up.`);
}

/** The kernel gives outgoing connections a port from here up: one of those may be gone before it is bound. */
function firstEphemeralPort() {
  const file = '/proc/sys/net/ipv4/ip_local_port_range';
  try {
    const first = parseInt(readFileSync(file, 'utf8'), 10);
    // Where nearly every port is given away, no better choice is left than any of the usual ones.
    return first > lowest + 1000 ? first : 32_768;
  } catch {
    return 32_768;
  }
}

async function isFree(port) {
  const [tcp, udp] = await Promise.all([isFreeForTcp(port), isFreeForUdp(port)]);
  return tcp && udp;
}

function isFreeForTcp(port) {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}

function isFreeForUdp(port) {
  return new Promise((resolve) => {
    const probe = createSocket('udp4');
    probe.once('error', () => {
      probe.close();
      resolve(false);
    });
    probe.bind(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}
