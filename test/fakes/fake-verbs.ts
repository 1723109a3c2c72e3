/** The verbs that routes call, with answers that a test can replace one by one. */
import type { Domain } from '../../server/domain/create-domain.js';
import type { Principal } from '../../server/domain/keys/principal.js';

export const PUBLISHABLE_KEY = 'dnx_pk_0123456789abcdefghijklmnop';
export const SECRET_KEY = 'dnx_sk_0123456789abcdefghijklmnop';
export const SHOP = 'https://shop.example';

const SITE: Principal = {
  keyId: 'key_pub',
  workspaceId: 'ws_1',
  kind: 'publishable',
  name: 'Shop',
  allowedOrigins: [SHOP],
};
const PRINCIPALS: Record<string, Principal> = {
  [PUBLISHABLE_KEY]: SITE,
  [SECRET_KEY]: {
    keyId: 'key_sec',
    workspaceId: 'ws_1',
    kind: 'secret',
    name: 'Backend',
    allowedOrigins: [],
  },
};

/** Of a version that leaves all of the element to the page. */
const NOTHING_SAID = {
  agent_id: 'agent_1',
  agent_version_id: 'av_1',
  agent_version_number: 1,
  widget: {},
};

/** Refuses in the domain's words. */
export function refusal(code: string, message = 'No.'): Error {
  return Object.assign(new Error(message), { name: 'DomainError', code });
}

/** Takes every key for that of the site at `origin`. */
export function onlySite(origin: string): Pick<Domain, 'authenticate' | 'knownOrigins'> {
  return {
    authenticate: () => Promise.resolve({ ...SITE, allowedOrigins: [origin] }),
    knownOrigins: () => Promise.resolve([origin]),
  };
}

/** Knows two keys; every other verb throws until it is given. */
export function fakeVerbs(given: Partial<Domain> = {}): Domain {
  const known: Partial<Domain> = {
    authenticate: (key) => {
      const principal = PRINCIPALS[key];
      return principal
        ? Promise.resolve(principal)
        : Promise.reject(refusal('unauthorized', 'This key is not known.'));
    },
    knownOrigins: () => Promise.resolve([SHOP]),
    originOfCall: () => Promise.resolve(null),
    checkCaller: () => Promise.resolve(),
    checkReporter: () => Promise.resolve(),
    idempotent: (_request, run) => run(),
    readWidget: () => Promise.resolve(NOTHING_SAID),
    ...given,
  };
  return new Proxy(known as Domain, {
    get(target, name: keyof Domain) {
      return target[name] ?? (() => Promise.reject(new Error(`the test gave no ${String(name)}`)));
    },
  });
}
