/**
 * Networks in which no endpoint of a function or webhook lies, as data. IPv4: every block of the IANA IPv4 Special-Purpose Address Registry
 * that is not globally reachable, and of the IANA IPv4 Address Space Registry what is multicast. IPv6: the same blocks of the IANA
 * IPv6 Special-Purpose Address Registry as far as they lie in 2000::/3, outside of which there is no global unicast
 * (IANA IPv6 Address Space Registry). Registries of 2025-10-09, https://www.iana.org/assignments/iana-ipv4-special-registry and
 * …/iana-ipv6-special-registry. Where a block holds a smaller one that is reachable (anycast of protocols), the block counts.
 */

/** First address, length of the prefix, name in the registry. */
export type Network = readonly [address: string, prefix: number, name: string];

/** IPv4. */
export const SPECIAL_IPV4: readonly Network[] = [
  ['0.0.0.0', 8, 'this network'],
  ['10.0.0.0', 8, 'private use'],
  ['100.64.0.0', 10, 'shared address space'],
  ['127.0.0.0', 8, 'loopback'],
  ['169.254.0.0', 16, 'link local'],
  ['172.16.0.0', 12, 'private use'],
  ['192.0.0.0', 24, 'IETF protocol assignments'],
  ['192.0.2.0', 24, 'documentation (TEST-NET-1)'],
  ['192.88.99.0', 24, 'deprecated (6to4 relay anycast)'],
  ['192.168.0.0', 16, 'private use'],
  ['198.18.0.0', 15, 'benchmarking'],
  ['198.51.100.0', 24, 'documentation (TEST-NET-2)'],
  ['203.0.113.0', 24, 'documentation (TEST-NET-3)'],
  ['224.0.0.0', 4, 'multicast'],
  ['240.0.0.0', 4, 'reserved, limited broadcast'],
];

/** All of IPv6 that may be reached from anywhere. */
export const GLOBAL_UNICAST_IPV6: Network = ['2000::', 3, 'global unicast'];

/** Within it. */
export const SPECIAL_IPV6: readonly Network[] = [
  ['2001::', 23, 'IETF protocol assignments, TEREDO among them'],
  ['2001:db8::', 32, 'documentation'],
  ['2002::', 16, '6to4'],
  ['3fff::', 20, 'documentation'],
];

/** Where clouds answer their own machines: by their manuals; only the first lies in no block above. */
export const CLOUD_ADDRESSES: readonly Network[] = [
  ['168.63.129.16', 32, 'Azure: wire server'],
  ['169.254.169.254', 32, 'AWS, Azure, Google Cloud and others: metadata'],
  ['169.254.170.2', 32, 'AWS: credentials of a container'],
  ['100.100.100.200', 32, 'Alibaba Cloud: metadata'],
  ['192.0.0.192', 32, 'Oracle Cloud: metadata'],
];
