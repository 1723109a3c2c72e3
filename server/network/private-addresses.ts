/** Addresses that strangers may not have us call: this machine, private networks, and whatever is not the open Internet. */
import { lookup } from 'node:dns';
import { BlockList, isIP } from 'node:net';
import type { LookupFunction } from 'node:net';
import {
  CLOUD_ADDRESSES,
  GLOBAL_UNICAST_IPV6,
  SPECIAL_IPV4,
  SPECIAL_IPV6,
} from './special-networks.js';
import type { Network } from './special-networks.js';

const blocked4 = listOf([...SPECIAL_IPV4, ...CLOUD_ADDRESSES], 'ipv4');
const blocked6 = listOf(SPECIAL_IPV6, 'ipv6');
const open6 = listOf([GLOBAL_UNICAST_IPV6], 'ipv6');
/** IPv4-mapped, and IPv4 behind a translator (NAT64), in the one form that `URL` writes. */
const HOLDS_IPV4 = /^\[(?:::ffff|64:ff9b:):([0-9a-f]{1,4}):([0-9a-f]{1,4})\]$/;

/** How names are resolved; Node's own `lookup` with every address asked for. */
export type Resolve = (
  hostname: string,
  options: Parameters<LookupFunction>[1] & { all: true },
  callback: (
    error: NodeJS.ErrnoException | null,
    addresses: { address: string; family: number }[],
  ) => void,
) => void;

/** Whether an IP address is out of bounds. IPv4 inside IPv6 is judged as IPv4; what is no address is out of bounds. */
export function isPrivateAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return blocked4.check(address, 'ipv4');
  // A zone (`%eth0`) is for links only, and no part of an address that `URL` takes.
  if (family === 0 || !URL.canParse(`http://[${address}]`)) return true;
  const [, high, low] = HOLDS_IPV4.exec(new URL(`http://[${address}]`).hostname) ?? [];
  if (high !== undefined && low !== undefined) {
    const bits = parseInt(high, 16) * 65_536 + parseInt(low, 16);
    return blocked4.check([24, 16, 8, 0].map((shift) => (bits >>> shift) & 255).join('.'), 'ipv4');
  }
  return !open6.check(address, 'ipv6') || blocked6.check(address, 'ipv6');
}

/**
 * Resolves a name for a connection, and refuses when any of its addresses is out of bounds. The connection is made to
 * what this answers: a name that later resolves to something else changes nothing.
 */
export function createPublicLookup(resolve: Resolve = lookup): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) {
        callback(error, '', 4);
        return;
      }
      const first = addresses[0];
      if (!first || addresses.some(({ address }) => isPrivateAddress(address))) {
        callback(new Error('the address is private'), '', 4);
      } else if (options.all) {
        callback(null, addresses);
      } else {
        callback(null, first.address, first.family);
      }
    });
  };
}

function listOf(networks: readonly Network[], family: 'ipv4' | 'ipv6'): BlockList {
  const list = new BlockList();
  for (const [address, prefix] of networks) list.addSubnet(address, prefix, family);
  return list;
}
