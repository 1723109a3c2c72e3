/** What the published version says of the element: when it is asked, what it changes, and that it prevents no call. */
import type { DialNexaCallElement } from '../../widget/index.js';
import type { CreateWebCallRequest } from '../../sdk/wire/web-call.js';
import type { WidgetSettings } from '../../sdk/wire/widget.js';
import { loadCard } from '../../widget/load-card.js';
import { loadTexts } from '../../widget/texts/languages.js';
import { waitFor } from '../support/wait-for.js';
import { contrastOf } from './contrast.js';
import { afterEach, beforeEach, describe, expect, it } from './expect.js';
import { button, faults, findButton, mount, text, unmountAll } from './mount.js';

// Whole, LiveKit's client keeps the levels of its loggers there; tests beside this one hold that nothing is kept.
Object.defineProperty(globalThis, 'localStorage', { value: {} });

const SERVER = 'https://calls.example.test';
const OWN = {
  fetch: globalThis.fetch,
  warn: console.warn,
  error: console.error,
  microphone: navigator.mediaDevices.getUserMedia,
};
const SAID: WidgetSettings = {
  theme: 'dark',
  rating: 'stars',
  style: { accent: '#7c3aed', accent_text: '#ffffff', radius: '3px' },
  label: 'Ring the workshop',
  consent_text: 'This call is recorded.',
  consent_version: '2026-11',
  fields: [{ name: 'email', label: 'Your e-mail', type: 'email', required: true }],
  texts: { consent_title: 'One moment', agree: 'Fine, call' },
};

/** What the page asked of the server. */
let read: { address: string; authorization: string | null }[];
let started: CreateWebCallRequest[];
let microphones: number;
let warned: string[];
/** What `GET /v1/widget` answers. */
let answer: () => Response | Promise<Response>;
/** How the server refuses the call. */
let refusedWith = { status: 409, code: 'capacity_reached' };
let agents = 0;

beforeEach(() => {
  read = [];
  started = [];
  warned = [];
  microphones = 0;
  refusedWith = { status: 409, code: 'capacity_reached' };
  says(SAID);
  globalThis.fetch = async (input, init) => {
    const address = String(input);
    if (address.includes('/v1/widget')) {
      read.push({ address, authorization: new Headers(init?.headers).get('authorization') });
      return answer();
    }
    if (init?.method !== 'POST') return refusal(405, 'method_not_allowed');
    started.push(JSON.parse(init.body as string) as CreateWebCallRequest);
    return refusal(refusedWith.status, refusedWith.code);
  };
  navigator.mediaDevices.getUserMedia = (wanted) => {
    microphones += 1;
    return OWN.microphone.call(navigator.mediaDevices, wanted);
  };
  console.warn = (line: unknown) => void warned.push(String(line));
  console.error = (line: unknown) => void warned.push(String(line));
});

afterEach(() => {
  unmountAll();
  document.body.removeAttribute('style');
  globalThis.fetch = OWN.fetch;
  navigator.mediaDevices.getUserMedia = OWN.microphone;
  Object.assign(console, { warn: OWN.warn, error: OWN.error });
});

function says(widget: unknown): void {
  answer = () => Response.json({ agent_version_id: 'av_1', widget });
}

function refusal(statusCode: number, code: string): Response {
  const body = { statusCode, error: 'No', message: 'No.', code };
  return Response.json(body, { status: statusCode });
}

/** On a page of its own: each names another agent, so that no answer is known before. */
async function put(attributes: Record<string, string> = {}): Promise<DialNexaCallElement> {
  await Promise.all([loadCard(), loadTexts(attributes['lang'] ?? '')]);
  const element = document.createElement('dialnexa-call');
  const agent = `agent_${(agents += 1)}`;
  const all = { 'api-key': 'dnx_pk_x', 'agent-id': agent, 'server-url': SERVER, ...attributes };
  for (const [name, value] of Object.entries(all)) element.setAttribute(name, value);
  document.body.append(element);
  await element.updateComplete;
  return element;
}

/** As the pointer does, the focus and a finger. */
function approach(element: DialNexaCallElement): void {
  for (const name of ['pointerenter', 'focusin', 'touchstart']) {
    element.dispatchEvent(new Event(name));
  }
}

const theButton = (element: DialNexaCallElement) =>
  element.shadowRoot!.querySelector<HTMLButtonElement>('[part=call-button]')!;
const gate = (element: DialNexaCallElement) =>
  element.shadowRoot!.querySelector<HTMLFormElement>('[part=consent]');
const root = (element: DialNexaCallElement) =>
  element.shadowRoot!.querySelector<HTMLElement>('.root')!;
const token = (element: DialNexaCallElement, name: string) =>
  getComputedStyle(root(element)).getPropertyValue(name).trim();

/** Presses the button; resolves with the questions. */
async function askedBy(element: DialNexaCallElement): Promise<HTMLFormElement> {
  theButton(element).click();
  return waitFor(() => gate(element), { what: 'the questions' });
}

/** Presses the button; resolves when the server was asked for the call. */
async function startedBy(element: DialNexaCallElement): Promise<CreateWebCallRequest> {
  theButton(element).click();
  return waitFor(() => started.at(-1), { what: 'the call' });
}

describe('the published version', () => {
  it('is asked at the first sign of intent, once, by all elements that name it', async () => {
    const element = await put({ 'agent-version-number': '3' });
    const other = await put({ 'agent-id': element.agentId, 'agent-version-number': '3' });
    expect(read.length).toBe(0);
    approach(element);
    approach(other);
    await waitFor(() => read.length > 0);
    await askedBy(element);
    const query = `agent_id=${element.agentId}&agent_version_number=3`;
    expect(read).toEqual([
      { address: `${SERVER}/v1/widget?${query}`, authorization: 'Bearer dnx_pk_x' },
    ]);
    await put();
    expect(read.length).toBe(1);
  });

  it('changes nothing before the button is pressed, and then how the element looks and what it asks', async () => {
    const element = await put();
    approach(element);
    await waitFor(() => read.length > 0);
    await element.updateComplete;
    expect([theButton(element).innerText, root(element).className]).toEqual([
      'Talk to us',
      'root auto ',
    ]);
    const form = await askedBy(element);
    expect(microphones + started.length).toBe(0);
    expect(root(element).className).toBe('root dark ');
    expect(token(element, '--_accent')).toBe('#7c3aed');
    expect(getComputedStyle(form.closest('.card')!).borderRadius).toBe('3px');
    for (const words of ['One moment', 'This call is recorded.', 'Your e-mail', 'Not now']) {
      expect(text(element)).toContain(words);
    }
    expect(await faults(element)).toEqual([]);
    form.querySelector('input')!.value = 'ann@example.com';
    button(element, /fine, call/i).click();
    const { consent, variables } = await waitFor(() => started.at(-1));
    const { text: agreed, version } = consent!;
    expect([agreed, version]).toEqual(['This call is recorded.', '2026-11']);
    expect(variables).toEqual({ email: 'ann@example.com' });
    await waitFor(() => findButton(element, /close/i));
    button(element, /close/i).click();
    await element.updateComplete;
    expect(theButton(element).innerText).toBe('Ring the workshop');
  });

  it('counts less than the page: attributes, properties, styles and texts', async () => {
    document.body.style.setProperty('--dialnexa-accent', 'rgb(1, 2, 3)');
    const element = await put({
      'consent-text': 'We listen.',
      rating: 'thumbs',
      label: 'Call us',
    });
    // Also a value that is the default of the property.
    element.theme = 'auto';
    element.texts = { agree: 'Yes' };
    const form = await askedBy(element);
    expect(token(element, '--_accent')).toBe('rgb(1, 2, 3)');
    expect([element.theme, element.rating, element.label]).toEqual(['auto', 'thumbs', 'Call us']);
    expect([element.consentText, element.consentVersion]).toEqual(['We listen.', '']);
    expect(form.innerText).toContain('Your e-mail');
    expect(form.innerText).not.toContain('recorded');
    expect(text(element)).toContain('One moment');
    expect(findButton(element, /^yes$/i) === null).toBe(false);
    // In the middle of it.
    element.theme = 'light';
    await element.updateComplete;
    expect(root(element).className).toBe('root light ');

    const own = await put({ fields: '[{"name":"name","label":"Your name"}]' });
    const { innerText } = await askedBy(own);
    expect(innerText).toContain('Your name');
    expect(innerText).toContain('recorded');
    expect(innerText).not.toContain('Your e-mail');
  });

  it('gives no colour for what is written on one of the page, nor for what one of the page is written on', async () => {
    says({
      style: {
        ...{ accent: '#7c3aed', accent_text: '#1e1b4b', danger: '#800000' },
        ...{ danger_text: '#fff1f2', text: '#f8fafc', background: '#020617' },
      },
      consent_text: 'This call is recorded.',
    });
    document.body.style.setProperty('--dialnexa-accent', '#7a4a1e');
    document.body.style.setProperty('--dialnexa-text', '#111111');
    const element = await put({ theme: 'light' });
    const form = await askedBy(element);
    const look = (name: string): string => token(element, name);
    expect(look('--_accent')).toBe('#7a4a1e');
    expect(look('--_accent-text')).toBe('#ffffff');
    expect([look('--_danger'), look('--_danger-text')]).toEqual(['#800000', '#fff1f2']);
    expect([look('--_background'), look('--_text')]).toEqual(['#ffffff', '#111111']);
    expect(contrastOf(form.querySelector<HTMLElement>('.primary')!) >= 4.5).toBe(true);
  });

  it('holds for a call that did not wait for it, as soon as it is there', async () => {
    let tell: (given: Response) => void = () => {};
    answer = () => new Promise((resolve) => (tell = resolve));
    const element = await put({ 'consent-text': '', fields: '[]' });
    theButton(element).click();
    await waitFor(() => started.length > 0, { what: 'the call', timeoutMs: 3000 });
    expect(root(element).className).toBe('root auto ');
    tell(Response.json({ widget: SAID }));
    await waitFor(() => root(element).className === 'root dark ', {
      what: 'its theme',
      timeoutMs: 3000,
    });
    await element.updateComplete;
    expect(token(element, '--_accent')).toBe('#7c3aed');
    const card = element.shadowRoot!.querySelector('.card')!;
    expect(getComputedStyle(card).borderRadius).toBe('3px');
    expect([element.consentText, element.fields]).toEqual(['', []]);
  });

  it('counts where the page takes back what it said, from the next call on', async () => {
    const element = await put({ 'consent-text': '', fields: '', theme: 'light' });
    await startedBy(element);
    expect([gate(element), element.theme]).toEqual([null, 'light']);
    await waitFor(() => findButton(element, /close/i));
    for (const name of ['consent-text', 'theme']) element.removeAttribute(name);
    button(element, /close/i).click();
    await element.updateComplete;
    const form = await askedBy(element);
    expect(form.innerText).toContain('This call is recorded.');
    expect(element.theme).toBe('dark');
  });

  it('speaks the language of the page, also when visitors choose another one', async () => {
    says({
      ...SAID,
      languages: ['de', 'en'],
      by_language: {
        de: { consent_text: 'Das Gespräch wird aufgezeichnet.', texts: { agree: 'Ja, gern' } },
      },
    });
    const element = await put({ lang: 'de-AT' });
    const form = await askedBy(element);
    const all = ['Das Gespräch wird aufgezeichnet.', 'Your e-mail', 'One moment', 'Ja, gern'];
    for (const words of all) expect(text(element)).toContain(words);
    element.lang = 'en';
    await element.updateComplete;
    expect(form.innerText).toContain('This call is recorded.');
    expect(form.innerText).toContain('Fine, call');
  });

  it('is agreed to in the language of its words, whatever that of the page', async () => {
    says({
      ...SAID,
      languages: ['en', 'de'],
      by_language: { de: { consent_text: 'Das Gespräch wird aufgezeichnet.' } },
    });
    const element = await put({ lang: 'en' });
    const form = await askedBy(element);
    const menu = element.shadowRoot!.querySelector<HTMLSelectElement>('[part=language-menu]')!;
    menu.value = 'de';
    menu.dispatchEvent(new Event('change'));
    await loadTexts('de');
    await element.updateComplete;
    // What is not said in it stays that of the page.
    const langs = ['.consent-text', 'label bdi'].map(
      (one) => form.querySelector<HTMLElement>(one)!.lang,
    );
    expect(langs).toEqual(['de', 'en']);
    form.querySelector('input')!.value = 'ann@example.com';
    button(element, /fine, call/i).click();
    const { consent } = await waitFor(() => started.at(-1));
    expect([consent!.text, consent!.locale]).toEqual(['Das Gespräch wird aufgezeichnet.', 'de']);
  });

  it('changes no card that is open, also when visitors choose another language then', async () => {
    const element = await put({ lang: 'en' });
    await askedBy(element);
    // An answer counts for five minutes.
    const { now } = performance;
    performance.now = () => now.call(performance) + 301_000;
    says({ theme: 'light', mode: 'button' });
    approach(element);
    await waitFor(() => read.length > 1);
    await new Promise((resolve) => setTimeout(resolve));
    performance.now = now;
    element.lang = 'de';
    await element.updateComplete;
    expect([element.theme, element.mode, element.consentText]).toEqual([
      'dark',
      'card',
      'This call is recorded.',
    ]);
  });

  it('asks nothing of a page that draws or calls by itself', async () => {
    const { element, call } = await mount();
    approach(element);
    button(element, /talk to us/i).click();
    await element.updateComplete;
    expect(call().asked).toEqual(['warmUp', 'start']);
    const silent = await put({ mode: 'headless' });
    void silent.start();
    await waitFor(() => started.length > 0);
    expect(read.length).toBe(0);
  });
});

describe('a server that does not say what the version says', () => {
  it('is waited for before the microphone is opened, for two seconds, and cancelled by the page', async () => {
    let tell: (given: Response) => void = () => {};
    answer = () => new Promise((resolve) => (tell = resolve));
    const element = await put();
    theButton(element).click();
    await waitFor(() => theButton(element).ariaBusy === 'true' && read.length > 0);
    tell(Response.json({ widget: SAID }));
    await waitFor(() => gate(element));
    expect(microphones + started.length).toBe(0);

    const slow = await put();
    const began = performance.now();
    theButton(slow).click();
    await waitFor(() => read.length > 1);
    theButton(slow).click();
    await waitFor(() => started.length > 0);
    const took = performance.now() - began;
    expect(took > 1_900 && took < 6_000).toBe(true);
    expect([started.length, read.length]).toEqual([1, 2]);
    // What comes too late is for the next call.
    tell(Response.json({ widget: SAID }));
    await waitFor(() => findButton(slow, /close/i));
    expect(slow.theme).toBe('auto');
    button(slow, /close/i).click();
    await slow.updateComplete;
    await askedBy(slow);

    const left = await put();
    theButton(left).click();
    await waitFor(() => read.length > 2);
    await left.end();
    tell(Response.json({ widget: SAID }));
    await left.updateComplete;
    expect([gate(left), theButton(left).ariaBusy, started.length]).toEqual([null, null, 1]);
  });

  for (const [why, given] of [
    ['is older', () => refusal(404, 'not_found')],
    ['does not know the key', () => refusal(401, 'unauthorized')],
    ['has failed', () => new Response('<h1>Bad gateway</h1>', { status: 502 })],
    ['cannot be reached', () => Promise.reject(new TypeError('Failed to fetch'))],
    ['answers something else', () => new Response('<!doctype html>', { status: 200 })],
    ['answers half of it', () => new Response('{"widget":{"theme":', { status: 200 })],
    ['answers null', () => new Response('null', { status: 200 })],
    ['answers no widget', () => Response.json({ widget: null })],
  ] as const) {
    it(`prevents no call: it ${why}`, async () => {
      answer = given;
      const element = await put({ theme: 'light' });
      approach(element);
      const began = performance.now();
      const { consent } = await startedBy(element);
      expect(performance.now() - began < 1_500).toBe(true);
      expect([consent, element.theme, read.length]).toEqual([undefined, 'light', 1]);
      const hints = () => warned.filter((line) => line.includes('what the page says counts alone'));
      // The call does not wait until the owner was told.
      await waitFor(() => hints().length > 0);
      // Who has mistyped a key or an origin does not look for a release.
      const namesRelease = hints().map((line) => line.includes('earlier release'));
      expect(namesRelease).toEqual([why === 'is older']);
    });
  }
});

describe('a call that the server refuses for the reason for which it does not say what the version says', () => {
  for (const [status, code, mends] of [
    [401, 'unauthorized', 'GET /v1/api-keys'],
    [403, 'origin_not_allowed', `Here it is ${location.origin}. PATCH /v1/api-keys/{id}`],
    [404, 'not_found', 'Are agent-id and server-url those of the same server'],
  ] as const) {
    it(`tells the owner once, and how to mend it: ${code}`, async () => {
      answer = () => refusal(status, code);
      refusedWith = { status, code };
      const element = await put();
      approach(element);
      await startedBy(element);
      await waitFor(() => findButton(element, /close/i));
      expect(warned.length).toBe(1);
      expect(warned[0]!).toContain(mends);
      expect(warned[0]!).not.toContain('earlier release');
      expect(warned[0]!).not.toContain('npm run key');
    });
  }
});

describe('a hostile version', () => {
  it('is only ever text', async () => {
    const evil = '<img src=x onerror="globalThis.hacked = 1"><script>hacked = 1</script>';
    says({
      label: evil,
      consent_text: evil,
      fields: [{ name: evil, label: evil, type: 'select', options: [evil] }],
      texts: { agree: evil, consent_title: evil },
    });
    const element = await put();
    const form = await askedBy(element);
    expect(form.querySelectorAll('img, script').length).toBe(0);
    expect(form.querySelector('.consent-text')!.textContent).toBe(evil);
    expect(form.querySelector('h2')!.textContent).toBe(evil);
    expect('hacked' in globalThis).toBe(false);
  });

  it('colours with colours only', async () => {
    const accents = [
      'url(https://evil.example/)',
      '#fff;} * { display: none }',
      'var(--x)',
      'red',
      '#12',
      7,
      null,
      { a: 1 },
    ];
    for (const accent of accents) {
      says({ style: { accent, 'accent: red; --x': '#fff' }, consent_text: 'x' });
      const element = await put();
      await askedBy(element);
      expect(token(element, '--_accent')).toBe('#0f766e');
      element.remove();
    }
  });

  for (const [what, given] of [
    ['wrong kinds', [1, 2]],
    ['no object', 'theme'],
    [
      'wrong values',
      {
        ...{ theme: 'neon', mode: 'headless', size: {}, placement: 'middle', transcript: 1 },
        ...{ rating: ['stars'], languages: 'x', label: {}, consent_text: ['a'], fields: 'x' },
        ...{ texts: 'x', style: 'x', by_language: null, api_key: 'dnx_pk_other' },
      },
    ],
    [
      'nulls',
      {
        ...{ theme: null, mode: null, languages: null, label: null, consent_text: null },
        ...{ fields: null, texts: null, style: null, by_language: { en: null } },
      },
    ],
  ] as const) {
    it(`of ${what} leaves the element as it is`, async () => {
      says(given);
      const element = await put({ lang: 'en' });
      await startedBy(element);
      const { theme, mode, size, placement, transcript, rating } = element;
      expect([theme, mode, size, placement, transcript, rating]).toEqual([
        ...['auto', 'card', 'full', 'inline', 'show', 'none'],
      ]);
      expect([element.label, element.consentText, element.apiKey]).toEqual(['', '', 'dnx_pk_x']);
      expect(element.fields ?? []).toEqual([]);
    });
  }

  it('asks what this element knows of its fields', async () => {
    says({
      fields: [
        { name: 'a', label: 'Kept' },
        { name: 'b', label: 'Unknown', type: 'date' },
        { name: 'a', label: 'Twice' },
        null,
        ...Array.from({ length: 20 }, (_, at) => ({ name: `${at}`, label: `Field ${at}` })),
      ],
    });
    const element = await put();
    const form = await askedBy(element);
    const labels = [...form.querySelectorAll('[part=field]')].map((one) => one.textContent);
    expect(labels.length).toBe(10);
    expect(labels.join()).toContain('Kept');
    expect(labels.join()).not.toContain('Unknown');
    expect(labels.join()).not.toContain('Twice');
  });
});
