/** Whatever prevents a call: a visitor has a next step, and the owner of the page more in the browser's console. */
import { ERROR_TABLE, type CallErrorCode, type EndReason } from '../../sdk/index.js';
import { english, type DialNexaCallElement } from '../../widget/index.js';
import { browserName } from '../../widget/browser-name.js';
import { findLanguage } from '../../widget/texts/languages.js';
import { waitFor } from '../support/wait-for.js';
import { afterEach, beforeEach, describe, expect, it } from './expect.js';
import {
  button,
  byRole,
  clean,
  faults,
  findButton,
  mount,
  mountActive,
  text,
  unmountAll,
  type Mounted,
} from './mount.js';

const OWN = { error: console.error, warn: console.warn, now: performance.now };
const LANGUAGES = ['de', 'fr', 'es', 'pt', 'it', 'nl', 'pl', 'ar', 'hi', 'ja'];
/** What a browser is called. */
const BROWSER: Record<string, string> = {
  ...Object.fromEntries(['en', 'de', 'it', 'nl'].map((tag) => [tag, 'rowser'])),
  ...{ fr: 'navigateur', es: 'navegador', pt: 'navegador', pl: 'przeglądarka' },
  ...{ ar: 'المتصفح', hi: 'ब्राउज़र', ja: 'ブラウザー' },
};
const said: string[] = [];

beforeEach(() => {
  said.length = 0;
  console.error = (line: unknown) => void said.push(String(line));
  console.warn = (line: unknown) => void said.push(String(line));
});

afterEach(() => {
  unmountAll();
  Object.assign(console, { error: OWN.error, warn: OWN.warn });
  performance.now = OWN.now;
  Reflect.deleteProperty(navigator, 'permissions');
});

/** A call that fails as it starts. */
async function failed(
  code: CallErrorCode,
  reason: EndReason = 'unknown',
  exactly: { remedy?: string; cause?: unknown; retryAfterMs?: number } = {},
  attributes: Record<string, string> = {},
): Promise<Mounted> {
  const mounted = await mount(attributes);
  findButton(mounted.element, /./)!.click();
  await mounted.drawn();
  mounted.call().fail(code, reason, exactly);
  await mounted.drawn();
  return mounted;
}

function words(element: DialNexaCallElement): string {
  return clean(byRole(element, 'alert')?.textContent ?? '');
}

/** A permission whose state the test changes. */
function permission(state: PermissionState): {
  become: (state: PermissionState) => void;
  listeners: () => number;
} {
  const listeners = new Set<unknown>();
  const status = Object.assign(new EventTarget(), { state });
  const { addEventListener, removeEventListener } = status;
  status.addEventListener = (...all: Parameters<EventTarget['addEventListener']>) => {
    listeners.add(all[1]);
    addEventListener.apply(status, all);
  };
  status.removeEventListener = (...all: Parameters<EventTarget['addEventListener']>) => {
    listeners.delete(all[1]);
    removeEventListener.apply(status, all);
  };
  Object.defineProperty(navigator, 'permissions', {
    configurable: true,
    value: { query: () => Promise.resolve(status) },
  });
  return {
    become(next) {
      status.state = next;
      status.dispatchEvent(new Event('change'));
    },
    listeners: () => listeners.size,
  };
}

/** What a visitor reads, which button leads on, and what the owner reads. */
const SCREENS: [code: CallErrorCode, visitor: string, next: RegExp, owner: string][] = [
  ['agent_did_not_join', 'Nobody answered the call. Try again', /try again/i, 'AGENT_NAME'],
  ['agent_failed', 'The agent broke off the call. Try again', /try again/i, '/console'],
  [
    'microphone_denied',
    'click the icon to the left of the address',
    /try again/i,
    'Permissions-Policy',
  ],
  ['microphone_dismissed', 'Try again and choose Allow.', /try again/i, 'Permissions-Policy'],
  [
    'microphone_not_found',
    'Connect a microphone, then try again.',
    /try again/i,
    'microphone: false',
  ],
  ['microphone_in_use', 'Close other programs', /try again/i, 'holds the microphone'],
  ['insecure_context', 'Open this page over https.', /close/i, 'Serve the page over https'],
  ['connection_failed', 'try another network', /try again/i, 'TURN over TLS'],
  ['connection_lost', 'Check the connection and call again.', /try again/i, 'TURN over TLS'],
  ['offline', 'Connect to the internet', /try again/i, 'lost the network'],
  ['capacity_reached', 'All lines are busy', /try again/i, 'at the same time'],
  ['call_elsewhere', 'End it first, here or in another tab', /try again/i, 'One call at a time'],
  ['rate_limited', 'Wait a while', /try again/i, 'docs/rest.md'],
  ['origin_not_allowed', 'Tell the owner of this site.', /close/i, location.origin],
  ['unauthorized', 'Tell the owner of this site.', /close/i, '/v1/api-keys'],
  ['not_found', 'Tell the owner of this site.', /close/i, 'agent-id'],
  ['version_not_published', 'Tell the owner of this site.', /close/i, 'Publish the version'],
];

describe('a call that cannot be made', () => {
  for (const [code, visitor, next, owner] of SCREENS) {
    it(`because of ${code} has a next step, and a hint for the owner`, async () => {
      const { element } = await failed(code);
      expect(words(element)).toContain(visitor);
      expect(findButton(element, next)).not.toBe(null);
      expect(said.join(' ')).toContain(owner);
      expect(said.join(' ')).not.toContain('dnx_pk_test');
      expect(words(element)).not.toContain(owner === 'Publish the version' ? 'POST /v1' : owner);
      expect(await faults(element)).toEqual([]);
    });
  }

  for (const tag of ['en', ...LANGUAGES]) {
    it(`tells visitors in ${tag} nothing that only the owner can do`, async () => {
      const codes = Object.keys(ERROR_TABLE) as CallErrorCode[];
      const remedy = 'Add https://shop.example to the allowed origins.';
      const shown = new Map<string, string>();
      for (const code of codes) {
        const { element } = await failed(code, 'unknown', { remedy }, { lang: tag });
        shown.set(code, words(element).replace(code, ''));
        unmountAll();
      }
      const technical =
        /database|datenbank|media ?server|recordings|grant\b|server-?url|https?:\/\/|dnx_|api-?key|origin|policy|header|allow=|start\(/i;
      expect([...shown].filter(([, said]) => technical.test(said))).toEqual([]);
      // Neither what the browser does not say, nor what is to be looked for between them.
      expect(shown.get('network_unreachable')).not.toContain(BROWSER[tag]!);
      expect(/server|block|सर्वर|サーバー|الخادم/i.test(shown.get('network_unreachable')!)).toBe(
        false,
      );
      const { tellOwner } = findLanguage(tag)!.texts ?? english;
      const owners = codes.filter(
        (code) =>
          ['config', 'provider'].includes(ERROR_TABLE[code].fault) && code !== 'insecure_context',
      );
      expect(owners.filter((code) => shown.get(code)!.split(tellOwner).length !== 2)).toEqual([]);
    });
  }

  it('inside another page offers the page itself', async () => {
    const frame = document.createElement('iframe');
    document.body.append(frame);
    const { element, drawn } = await failed('microphone_denied', 'microphone_denied');
    expect(element.shadowRoot!.querySelector('[part=open-alone]')).toBe(null);
    frame.contentDocument!.body.append(element);
    element.requestUpdate();
    await drawn();
    const link = element.shadowRoot!.querySelector<HTMLAnchorElement>('[part=open-alone]')!;
    expect([link.href, link.target, link.rel]).toEqual([location.href, '_blank', 'noopener']);
    expect(words(element)).toContain('This page is shown inside another one');
  });
});

describe('too many calls', () => {
  for (const [lang, ms, when] of [
    ['en', 42_000, 'Please try again in 45 seconds.'],
    ['en', 290_000, 'Please try again in 5 minutes.'],
    ['en', 3_600_000, 'Please try again in 1 hour.'],
    ['de', 3_600_000, 'Bitte versuchen Sie es in 1 Stunde noch einmal.'],
    ['ja', 120_000, '2 分後にもう一度お試しください。'],
  ] as const) {
    it(`says after how long one may be tried, lang="${lang}", ${ms} ms`, async () => {
      const { element } = await failed('rate_limited', 'unknown', { retryAfterMs: ms }, { lang });
      expect(words(element)).toContain(when);
    });
  }

  it('offers another call once the server takes it, and not before', async () => {
    const mounted = await failed('rate_limited', 'unknown', { retryAfterMs: 90_000 });
    const { element, call, drawn } = mounted;
    const again = button(element, /try again/i);
    expect(again.getAttribute('aria-disabled')).toBe('true');
    expect(again.textContent).toContain('1:30');
    expect(await faults(element)).toEqual([]);
    again.click();
    await drawn();
    expect(call().asked).toEqual(['start']);
    const now = OWN.now.call(performance);
    performance.now = () => now + 91_000;
    // It comes free by itself.
    await waitFor(() => again.getAttribute('aria-disabled') === 'false');
    expect(words(element)).not.toContain('in 2 minutes');
    again.click();
    await drawn();
    expect(call().asked).toEqual(['start', 'start']);
  });
});

describe('the buttons of a failure', () => {
  it('stand below one another at the same edges', async () => {
    const { element } = await failed('agent_failed');
    const row = element.shadowRoot!.querySelector('.actions')!.getBoundingClientRect();
    const copy = button(element, /copy technical/i).getBoundingClientRect();
    expect([copy.left, copy.right]).toEqual([row.left, row.right]);
  });
});

describe('no microphone', () => {
  it('leaves it to the visitor to type instead, in a call without one', async () => {
    const { element, call, drawn } = await failed('microphone_not_found');
    expect(await faults(element)).toEqual([]);
    button(element, /type instead/i).click();
    await drawn();
    expect(call().asked).toEqual(['start', 'start without a microphone']);
    call().agent('listening');
    await drawn();
    expect(element.shadowRoot!.querySelector('.text-box input')).not.toBe(null);
  });

  it('offers no typing where a call has no text box', async () => {
    const compact = await failed('microphone_not_found', 'unknown', {}, { size: 'compact' });
    expect(findButton(compact.element, /type instead/i)).toBe(null);
  });
});

describe('a microphone that the browser blocks', () => {
  it('is the owner’s business where a policy of the page forbids it: trying again is no use', async () => {
    for (const [lang, advice] of [
      ['en', 'Tell the owner of this site.'],
      ['de', 'Bitte sagen Sie dem Betreiber dieser Seite Bescheid.'],
    ] as const) {
      const remedy = 'This page is in a frame: give the frame allow="microphone".';
      const { element } = await failed('microphone_denied', 'unknown', { remedy }, { lang });
      expect(words(element)).toContain(advice);
      expect(words(element)).not.toContain('allow=');
      expect(said.join(' ')).toContain(remedy);
      expect(findButton(element, /try again|noch einmal/i)).toBe(null);
      expect(findButton(element, /close|schließen/i)).not.toBe(null);
      expect(await faults(element)).toEqual([]);
      unmountAll();
    }
  });

  it('is allowed in the settings of the system where that refuses it, in the language of the visitor', async () => {
    const exactly = { remedy: 'Allow it.', cause: new Error('Permission denied by system') };
    const { element } = await failed('microphone_denied', 'unknown', exactly, { lang: 'fr' });
    expect(words(element)).toContain('réglages de confidentialité du système');
    expect(words(element)).not.toContain('Allow it.');
    expect(findButton(element, /réessayer/i)).not.toBe(null);
  });

  it('starts the call by itself when it is allowed', async () => {
    const { become, listeners } = permission('denied');
    const { element, call, drawn } = await failed('microphone_denied', 'microphone_denied');
    await drawn();
    expect(words(element)).toContain('The call starts by itself');
    become('prompt');
    expect(call().asked).toEqual(['start']);
    become('granted');
    await drawn();
    expect(call().asked).toEqual(['start', 'start']);
    expect(text(element)).toContain('Please allow the microphone');
    expect(listeners()).toBe(0);
  });

  it('starts nothing once the visitor has gone on, or the element', async () => {
    const { become, listeners } = permission('denied');
    const { element, call, drawn } = await failed('microphone_denied', 'microphone_denied');
    await drawn();
    button(element, /close/i).click();
    await drawn();
    expect(listeners()).toBe(0);
    become('granted');
    expect(call().asked).toEqual(['start']);
    become('denied');
    button(element, /talk to us/i).click();
    call().fail('microphone_denied', 'microphone_denied');
    await drawn();
    await drawn();
    expect(listeners()).toBe(1);
    element.remove();
    expect(listeners()).toBe(0);
  });

  it('does not try over and over what the system refuses', async () => {
    permission('granted');
    const { call, drawn } = await failed('microphone_denied', 'microphone_denied');
    await drawn();
    expect(call().asked).toEqual(['start']);
  });

  it('is found in the settings of each browser', () => {
    const mac =
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko)';
    const phone = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15';
    const agents: [userAgent: string, maxTouchPoints: number][] = [
      [`${mac} Version/18.0 Safari/605.1.15`, 0],
      [`${mac} Version/18.0 Safari/605.1.15`, 5],
      [`${phone} CriOS/130.0 Mobile Safari/604.1`, 5],
      ['Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0', 0],
      ['Mozilla/5.0 (Windows NT 10.0) Chrome/130.0.0.0 Safari/537.36 Edg/130.0.0.0', 0],
      ['Mozilla/5.0 (Linux; Android 14) Chrome/130.0.0.0 Mobile Safari/537.36', 5],
      ['curl/8', 0],
    ];
    const names = agents.map(([userAgent, maxTouchPoints]) =>
      browserName({ userAgent, maxTouchPoints }),
    );
    expect(names.join()).toBe('safari,ios,ios,firefox,edge,chrome,other');
  });
});

describe('the facts of a call that has failed', () => {
  const clipboard = Object.getOwnPropertyDescriptor(Navigator.prototype, 'clipboard')!;
  const written: string[] = [];

  function clipboardThat(takes: boolean): void {
    written.length = 0;
    const write = async ([item]: ClipboardItem[]): Promise<void> => {
      if (!takes) throw new DOMException('', 'NotAllowedError');
      written.push(await (await item!.getType('text/plain')).text());
    };
    Object.defineProperty(navigator, 'clipboard', { configurable: true, value: { write } });
  }

  afterEach(() => {
    Reflect.deleteProperty(navigator, 'clipboard');
    Object.defineProperty(Navigator.prototype, 'clipboard', clipboard);
  });

  async function copied(lang = 'en'): Promise<Mounted> {
    const mounted = await failed('connection_failed', 'network_failure', {}, { lang });
    const { copyDetails } = findLanguage(lang)!.texts ?? english;
    findButton(mounted.element, new RegExp(copyDetails))!.click();
    const root = mounted.element.shadowRoot!;
    const isTold = (): boolean =>
      Boolean(root.querySelector('.details [role=status]')?.textContent?.trim()) ||
      root.querySelector('textarea') !== null;
    await waitFor(isTold, { everyMs: 5 });
    await mounted.drawn();
    return mounted;
  }

  it('are copied by a button, which says so, and nothing else is announced again', async () => {
    clipboardThat(true);
    const { element, call, drawn } = await copied();
    expect(JSON.parse(written[0]!).server).toBe('https://calls.example.test');
    const status = element.shadowRoot!.querySelector('.details [role=status]')!;
    expect(clean(status.textContent ?? '')).toBe('Copied.');
    expect(status.closest('[role=alert]')).toBe(null);
    expect(await faults(element)).toEqual([]);
    button(element, /try again/i).click();
    call().fail('offline');
    await drawn();
    expect(clean(element.shadowRoot!.querySelector('.details')!.textContent ?? '')).toBe(
      'Copy technical details',
    );
  });

  it('are shown and selected where the page may not write to the clipboard', async () => {
    clipboardThat(false);
    const { element } = await copied();
    const area = element.shadowRoot!.querySelector('textarea')!;
    expect(area.readOnly).toBe(true);
    expect(element.shadowRoot!.activeElement).toBe(area);
    expect([area.selectionStart, area.selectionEnd]).toEqual([0, area.value.length]);
    expect(JSON.parse(area.value).status).toBe('failed');
    expect(await faults(element)).toEqual([]);
  });

  for (const tag of ['de', 'ar']) {
    it(`are offered in ${tag}`, async () => {
      clipboardThat(true);
      const { element } = await copied(tag);
      expect(text(element)).toContain(findLanguage(tag)!.texts!.copied);
      expect(await faults(element)).toEqual([]);
    });
  }
});

describe('a call in which something is missing', () => {
  /** Levels over some seconds, ten a second. */
  function hear({ call }: Mounted, seconds: number, level: number): void {
    let now = performance.now();
    performance.now = () => now;
    for (let step = 0; step < seconds * 10; step += 1) {
      now += 100;
      call().levels(level, 0);
    }
  }

  function silence(element: DialNexaCallElement): string {
    return clean(element.shadowRoot!.querySelector('[part~=silence-banner]')?.textContent ?? '');
  }

  it('says that nothing is heard of the microphone, and leads to another one', async () => {
    const mounted = await mountActive();
    const { element, call, drawn } = mounted;
    call().agent('speaking');
    hear(mounted, 30, 0);
    call().agent('listening');
    hear(mounted, 7, 0);
    await drawn();
    expect(silence(element)).toBe('');
    hear(mounted, 2, 0);
    await drawn();
    expect(silence(element)).toContain('We hear nothing from your microphone.');
    expect(said.join(' ')).toContain('nothing but silence');
    expect(await faults(element)).toEqual([]);
    button(element, /choose another/i).click();
    await drawn();
    expect(element.shadowRoot!.querySelector('[part=devices]')).not.toBe(null);
    hear(mounted, 0.1, 0.4);
    await drawn();
    expect(silence(element)).toBe('');
    hear(mounted, 60, 0);
    await drawn();
    expect(silence(element)).toBe('');
  });

  for (const attributes of [{ size: 'compact' }, { mode: 'button' }] as Record<string, string>[]) {
    it(`says so, and leads nowhere, where no menu is: ${JSON.stringify(attributes)}`, async () => {
      const mounted = await mountActive(attributes);
      hear(mounted, 9, 0);
      await mounted.drawn();
      expect(silence(mounted.element)).toContain('We hear nothing from your microphone.');
      expect(findButton(mounted.element, /choose another/i)).toBe(null);
    });
  }

  it('leaves those in peace who are muted or type', async () => {
    const muted = await mountActive();
    button(muted.element, /^mute$/i).click();
    hear(muted, 30, 0);
    await muted.drawn();
    expect(silence(muted.element)).toBe('');
    const typing = await mountActive();
    typing.call().says('user', 'I prefer to type.', { via: 'text' });
    hear(typing, 30, 0);
    await typing.drawn();
    expect(silence(typing.element)).toBe('');
  });

  it('tells the owner why sound is blocked, and what becomes of a lost microphone', async () => {
    const { call } = await mountActive();
    call().blockAudio(true);
    expect(said.join(' ')).toContain('Let the call start in a click');
    call().trouble('microphone_lost');
    expect(said.join(' ')).toContain('takes the next one');
  });
});
