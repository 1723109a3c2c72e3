// Limits how often callers join: per grant, and per network address.
import { isIPv6 } from 'node:net';
import { AccessError, isDependent } from '../access-token.js';
import { Budgets } from '../budget.js';
import type { Admission } from './admission.js';

/** Joins per grant: a client that is losing its network tries about seven times in ten seconds. */
const BY_GRANT = { burst: 10, perSecond: 0.5 };
/** Tries to resume per grant: each join may follow one, and these cost the server less. */
const RESUMES_BY_GRANT = { burst: 30, perSecond: 1 };
/** Per address: many callers may share one, as in an office or behind a proxy. */
const BY_ADDRESS = { burst: 300, perSecond: 10 };

/**
 * Counts joins and tries to resume, whether or not media follows. Agents and listeners are not counted: the server
 * sends them.
 */
export class JoinLimits {
  readonly #byGrant = new Budgets(BY_GRANT);
  readonly #resumesByGrant = new Budgets(RESUMES_BY_GRANT);
  readonly #byAddress = new Budgets(BY_ADDRESS);

  /** Counts a try. Throws `AccessError` when there were too many. */
  take({ roomName, grants, join }: Admission, address: string): void {
    if (isDependent(grants)) return;
    const grant = JSON.stringify([roomName, grants.identity]);
    // A resume is refused, and a join follows it.
    const byGrant = join.reconnect ? this.#resumesByGrant : this.#byGrant;
    // The grant first, so that one grant with too many tries uses up nothing of its address.
    const isWithin = byGrant.take(grant) && this.#byAddress.take(networkOf(address));
    if (!isWithin) throw AccessError.unavailable('too many joins');
  }
}

/** The address, or its /64 for IPv6: one customer has all of that. */
function networkOf(address: string): string {
  const plain = address.replace(/^::ffff:/i, '');
  if (!isIPv6(plain)) return plain;
  const [head = '', tail = ''] = plain.split('::');
  const groups = head === '' ? [] : head.split(':');
  const rest = tail === '' ? [] : tail.split(':');
  while (groups.length + rest.length < 8) groups.push('0');
  return [...groups, ...rest].slice(0, 4).join(':');
}
