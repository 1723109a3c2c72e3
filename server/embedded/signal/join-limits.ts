// Limits how often callers join: by their grant, and by the address that they come from.
import { isIPv6 } from 'node:net';
import { AccessError, isDependent } from '../access-token.js';
import { Budgets } from '../budget.js';
import type { Admission } from './admission.js';

/** A client that is losing its network tries about seven times in ten seconds. */
const BY_GRANT = { burst: 10, perSecond: 0.5 };
/** Each of those tries may ask to resume first, and costs the server less than a join. */
const RESUMES_BY_GRANT = { burst: 30, perSecond: 1 };
/** An office behind one address, or everyone behind one proxy. */
const BY_ADDRESS = { burst: 300, perSecond: 10 };

/** Counts joins and tries to resume, whether or not media follows; those of agents and listeners are the server's own doing. */
export class JoinLimits {
  readonly #byGrant = new Budgets(BY_GRANT);
  readonly #resumesByGrant = new Budgets(RESUMES_BY_GRANT);
  readonly #byAddress = new Budgets(BY_ADDRESS);

  /** Throws an `AccessError` when there were too many. */
  take({ roomName, grants, join }: Admission, address: string): void {
    if (isDependent(grants)) return;
    const grant = JSON.stringify([roomName, grants.identity]);
    // A resume is refused, and the join comes after it.
    const byGrant = join.reconnect ? this.#resumesByGrant : this.#byGrant;
    // The grant's first: what one grant asks for too often costs the others behind its address nothing.
    const isWithin = byGrant.take(grant) && this.#byAddress.take(networkOf(address));
    if (!isWithin) throw AccessError.unavailable('too many joins');
  }
}

/** One customer has a whole /64 of IPv6 addresses. */
function networkOf(address: string): string {
  const plain = address.replace(/^::ffff:/i, '');
  if (!isIPv6(plain)) return plain;
  const [head = '', tail = ''] = plain.split('::');
  const groups = head === '' ? [] : head.split(':');
  const rest = tail === '' ? [] : tail.split(':');
  while (groups.length + rest.length < 8) groups.push('0');
  return [...groups, ...rest].slice(0, 4).join(':');
}
