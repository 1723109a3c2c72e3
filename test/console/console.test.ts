/** What an operator sees: the key asked for, the calls, and everything that explains one of them. */
import type { LitElement } from 'lit';
import '../../server/console/main.js';
import { afterEach, beforeEach, describe, expect, it } from '../widget/expect.js';
import { clean, faults } from '../widget/mount.js';
import { callFixture, recordFixture, summaryFixture } from './call-fixture.js';

type Answers = Record<string, unknown>;

const KEY_NAME = 'dialnexa-console-key';
const realFetch = globalThis.fetch;
let asked: { path: string; authorization: string | null }[] = [];

/** Answers by path without query; a number is a refusal with that status. */
function answer(answers: Answers): void {
  globalThis.fetch = (input, init) => {
    const path = String(input).replace(/^.*(?=\/v1\/)/, '');
    asked.push({ path, authorization: new Headers(init?.headers).get('authorization') });
    const body = answers[path.split('?')[0] ?? ''] ?? 404;
    if (typeof body !== 'number') return Promise.resolve(Response.json(body));
    const refusal = {
      statusCode: body,
      error: 'No',
      message: 'The key is unknown.',
      code: 'unauthorized',
    };
    return Promise.resolve(Response.json(refusal, { status: body }));
  };
}

async function open(hash: string): Promise<HTMLElement> {
  location.hash = hash;
  const page = document.createElement('dialnexa-console');
  document.body.append(page);
  await settled(page);
  return page;
}

/** Requests here are answered at once: a few turns of the event loop are all that drawing takes. */
async function settled(page: HTMLElement): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) {
    await new Promise((resolve) => setTimeout(resolve));
    await (page as LitElement).updateComplete;
  }
}

function part(page: HTMLElement, name: string): ShadowRoot {
  const found = page.shadowRoot?.querySelector(name)?.shadowRoot;
  if (!found) throw new Error(`There is no ${name}.`);
  return found;
}

function words(root: ShadowRoot): string {
  return clean(root.textContent ?? '');
}

describe('the console', () => {
  beforeEach(() => {
    asked = [];
    sessionStorage.setItem(KEY_NAME, 'dnx_sk_test');
    answer({
      '/v1/calls': { data: [summaryFixture()], next_cursor: 'older' },
      '/v1/calls/statistics': { total: { findings: { talk_over: 1, slow_answer: 3 } } },
      '/v1/calls/export': {},
      '/v1/calls/call_1': callFixture(),
      '/v1/agents': { data: [{ id: 'agent_1', title: 'Bicycle workshop' }], next_cursor: null },
      '/v1/agents/agent_1/versions/3': { settings: { prompt: 'You run a workshop.' } },
    });
  });

  afterEach(() => {
    document.body.replaceChildren();
    globalThis.fetch = realFetch;
    sessionStorage.clear();
    location.hash = '';
  });

  it('asks for a secret key, and keeps it in this tab only', async () => {
    sessionStorage.clear();
    const page = await open('#/');
    const form = part(page, 'dialnexa-sign-in');
    expect(asked.length).toBe(0);
    form.querySelector('input')!.value = 'dnx_pk_wrong';
    form.querySelector('button')!.click();
    await settled(page);
    expect(words(form)).toContain('That is not a secret key');
    form.querySelector('input')!.value = 'dnx_sk_mine';
    form.querySelector('button')!.click();
    await settled(page);
    expect(sessionStorage.getItem(KEY_NAME)).toBe('dnx_sk_mine');
    expect(localStorage.length).toBe(0);
    expect(asked[0]?.authorization ?? null).toBe('Bearer dnx_sk_mine');
  });

  it('forgets a key that the server refuses, and says why', async () => {
    answer({ '/v1/calls': 401, '/v1/agents': 401 });
    const page = await open('#/');
    expect(words(part(page, 'dialnexa-sign-in'))).toContain('The key is unknown.');
    expect(sessionStorage.getItem(KEY_NAME)).toBe(null);
  });

  it('lists the calls with agent, version, duration and reason', async () => {
    const page = await open('#/');
    const list = part(page, 'dialnexa-call-list');
    const row = clean(list.querySelector('tbody tr')?.textContent ?? '');
    expect(row).toContain('Completed Bicycle workshop v3');
    expect(row).toContain('1:01 5 640 ms The agent ended the call.');
    expect(list.querySelector('tbody a')!.getAttribute('href')).toBe('#/calls/call_1');
    expect(await faults(page)).toEqual([]);
  });

  it('names what stands out in a call of the list', async () => {
    const findings = ['long_silence', 'consent_missing'] as const;
    answer({
      '/v1/calls': { data: [summaryFixture({ findings: [...findings] })], next_cursor: null },
    });
    const list = part(await open('#/'), 'dialnexa-call-list');
    const row = clean(list.querySelector('tbody tr')?.textContent ?? '');
    expect(row).toContain('The agent ended the call. Long silence · Consent missing');
  });

  it('fits a phone: nothing but the rows reaches over its edge', async () => {
    const frame = document.createElement('iframe');
    frame.style.cssText = 'width: 360px; border: 0';
    document.body.append(frame);
    const inner = frame.contentDocument!;
    frame.contentWindow!.fetch = globalThis.fetch;
    // A document takes no style sheets of another one: the console is loaded into this one, too.
    const code = inner.createElement('script');
    code.type = 'module';
    code.src = new URL('../../server/console/main.ts', import.meta.url).href;
    const loaded = new Promise((resolve) => (code.onload = resolve));
    const phone = inner.createElement('dialnexa-console');
    inner.body.append(code, phone);
    await loaded;
    await settled(phone);
    expect(words(part(phone, 'dialnexa-call-list'))).toContain('Bicycle workshop');
    expect(inner.documentElement.scrollWidth).toBe(360);
  });

  it('narrows the list, and goes on to older calls', async () => {
    const page = await open('#/');
    const list = part(page, 'dialnexa-call-list');
    const status = list.querySelector<HTMLSelectElement>('[aria-label="Status"]')!;
    status.value = 'failed';
    status.dispatchEvent(new Event('change'));
    await settled(page);
    expect(asked.at(-1)?.path ?? '').toContain('status=failed');
    const more = { data: [summaryFixture({ id: 'call_2' })], next_cursor: null };
    answer({ '/v1/calls': more });
    list.querySelector<HTMLButtonElement>('.more')!.click();
    await settled(page);
    expect(asked.at(-1)?.path ?? '').toContain('cursor=older');
    expect(list.querySelectorAll('tbody tr').length).toBe(2);
    expect(list.querySelector('.more')).toBe(null);
  });

  it('searches what was said, narrows to a finding, and exports what is left', async () => {
    const page = await open('#/');
    const list = part(page, 'dialnexa-call-list');
    const search = list.querySelector<HTMLInputElement>('[type="search"]')!;
    search.value = 'brake';
    search.dispatchEvent(new Event('change'));
    await settled(page);
    const finding = list.querySelector<HTMLSelectElement>('[aria-label="Finding"]')!;
    expect(words(list)).toContain('Slow answer (3)');
    finding.value = 'slow_answer';
    finding.dispatchEvent(new Event('change'));
    await settled(page);
    expect(asked.at(-1)?.path ?? '').toContain('q=brake&finding=slow_answer');
    [...list.querySelectorAll('button')]
      .find((one) => clean(one.textContent) === 'Export CSV')!
      .click();
    await settled(page);
    expect(asked.at(-1)?.path ?? '').toContain('/v1/calls/export?q=brake&finding=slow_answer');
    expect(asked.at(-1)?.authorization ?? null).toBe('Bearer dnx_sk_test');
  });

  it('explains one call at an address of its own', async () => {
    const page = await open('#/calls/call_1');
    const detail = part(page, 'dialnexa-call-detail');
    const all = words(detail);
    expect(all).toContain('The agent ended the call after 1 min 1 s: a long silence.');
    expect(all).toContain(
      'A visitor of https://shop.example/pricing started the call with the key “Shop”.',
    );
    expect(all).toContain('+1.41 s Agent answered by agent Received');
    expect(all).toContain('When are you open on Saturday?');
    expect(all).toContain(
      'answered in 640 ms · from the fact “On Saturdays we are open from nine to two.” · understood as opening_hours',
    );
    expect(all).toContain('agent_id: the latest published version');
    expect(all).toContain('Shop (publishable, key_1)');
    expect(all).toContain('https://shop.example/pricing');
    expect(all).toContain('Calls are recorded.');
    expect(all).toContain(`Version 2Language enSHA-256 of the text ${'bd'.repeat(32)}`);
    expect(detail.querySelector('audio')!.getAttribute('src')).toBe('/recordings/call_1.wav');
    // As the player beside it writes 61.5 s.
    expect(all).toContain('1:01 · left the caller, right the agent');
    expect(await faults(page)).toEqual([]);
  });

  it('begins with what happened and what stands out, in words and not in colours alone', async () => {
    const page = await open('#/calls/call_1');
    const detail = part(page, 'dialnexa-call-detail');
    const found = [...detail.querySelectorAll<HTMLElement>('.finding')];
    expect(found.map((one) => clean(one.textContent ?? '').replace(/▶ \d:\d\d /, ''))).toEqual([
      "Warning Nobody spoke for 46 s, and it was the caller's turn. The caller's: a reminder (reminder_message_interval) or a clearer question. The agent's: see slow_answer and function_failed; a holding message helps. long_silence",
    ]);
    const [headline, transcript] = ['.why', '#turns'].map((name) => detail.querySelector(name)!);
    expect(headline!.compareDocumentPosition(transcript!)).toBe(Node.DOCUMENT_POSITION_FOLLOWING);
    const audio = detail.querySelector('audio')!;
    audio.play = () => Promise.resolve();
    found[0]!.querySelector<HTMLButtonElement>('button.at')!.click();
    expect(Math.round(audio.currentTime * 10)).toBe(154);
    expect(await faults(page)).toEqual([]);
  });

  it('tells what the analysis found, and why there is none yet', async () => {
    const { analysis } = callFixture();
    const summary = 'The caller wanted to know <b>when</b> it opens.';
    const fields = { visit: { value: '2026-12-04T14:30:00+00:00', turn_id: 't1' } };
    const found = callFixture({ summary, analysis: { ...analysis, fields } });
    answer({ '/v1/calls/call_1': found, '/v1/agents': { data: [], next_cursor: null } });
    const page = await open('#/calls/call_1');
    const all = words(part(page, 'dialnexa-call-detail'));
    expect(all).toContain(`Analysis ${summary}`);
    expect(all).toContain('Succeeded Yesvisit 2026-12-04T14:30:00+00:00');
    expect(await faults(page)).toEqual([]);

    const error = 'The analysis model did not answer within 30 s.';
    const failed = { ...analysis, status: 'queued', method: null, error } as const;
    answer({ '/v1/calls/call_2': callFixture({ id: 'call_2', analysis: failed }) });
    const later = await open('#/calls/call_2');
    expect(words(part(later, 'dialnexa-call-detail'))).toContain(`It is tried again. ${error}`);
  });

  it('shows a text of somebody else as text', async () => {
    const call = callFixture({ agent_name: '<img src=x onerror="document.title=1">' });
    answer({ '/v1/calls/call_1': call, '/v1/agents': { data: [], next_cursor: null } });
    const page = await open('#/calls/call_1');
    const detail = part(page, 'dialnexa-call-detail');
    expect(words(detail)).toContain('<img src=x onerror=');
    expect(detail.querySelector('img')).toBe(null);
  });

  it('shows functions, transfers, connection, usage and cost, and nothing where nothing was told', async () => {
    const bare = part(await open('#/calls/call_1'), 'dialnexa-call-detail');
    const headings = (root: ShadowRoot) =>
      [...root.querySelectorAll('h2')].map((heading) => clean(heading.textContent ?? ''));
    expect(headings(bare).filter((name) => /function|transfer|usage|feedb/i.test(name))).toEqual(
      [],
    );
    document.body.replaceChildren();
    answer({ '/v1/calls/call_1': callFixture(recordFixture()) });
    const page = await open('#/calls/call_1');
    const detail = part(page, 'dialnexa-call-detail');
    const all = words(detail);
    expect(headings(detail).slice(-6)).toEqual([
      'Functions',
      'Transfers',
      'Latency',
      'Connection',
      'Usage and cost',
      'Feedback',
    ]);
    expect(all).toContain('find_order failed: the endpoint answered 500 +9.00 s · 120 ms');
    expect(all).toContain('<b>A-1001</b>');
    expect(detail.querySelector('b')).toBe(null);
    expect(all).toContain('Agent (Bicycle workshop)');
    expect(all).toContain('Reception v3 → Workshop +12.50 s The caller asks for a repair.');
    expect(all).toContain('Whole answer 640 ms · p90 900 ms · p99 1,200 ms');
    expect(all).toContain('From the audio cache 3 of 4 sentences');
    expect(all).toContain('Round trip 42 ms · p90 61.3 · most 80');
    expect(all).toContain('deepgram nova-3 1:30 speech');
    expect(all).toContain('openai small 1,200 tokens in · 80 tokens out');
    expect(/Cost (?:US)?\$0\.0123/.test(all)).toBe(true);
    expect(all).toContain('Without a price openai small');
    expect(all).toContain('4 of 5');
    expect(all).toContain(`Trace ${'ab'.repeat(16)}`);
    expect(await faults(page)).toEqual([]);
  });

  it('marks what was typed, of which there is nothing to hear', async () => {
    const page = await open('#/calls/call_1');
    const detail = part(page, 'dialnexa-call-detail');
    const turns = [...detail.querySelectorAll<HTMLElement>('.turn')];
    const typed = turns.find((turn) => turn.textContent?.includes('And on Sunday?'));
    expect(clean(typed?.textContent ?? '')).toBe('Caller 0:10 And on Sunday? typed');
    expect(turns.filter((turn) => !turn.querySelector('button'))).toEqual([typed]);
  });

  it('asks for another link when the player’s has failed, and goes on where it was', async () => {
    const page = await open('#/calls/call_1');
    const detail = part(page, 'dialnexa-call-detail');
    const audio = detail.querySelector('audio')!;
    const readings = () => asked.filter(({ path }) => path === '/v1/calls/call_1').length;
    const failed = async () => {
      audio.dispatchEvent(new Event('error'));
      await settled(page);
    };
    // A link that is fresh and fails is not asked for again and again: there is a word for it.
    const first = readings();
    await failed();
    expect(readings()).toBe(first);
    expect(words(detail)).toContain('The recording cannot be played now.');
    const link = '/recordings/call_1.wav?another';
    const call = callFixture();
    answer({ '/v1/calls/call_1': { ...call, recording: { ...call.recording, url: link } } });
    const now = performance.now.bind(performance);
    performance.now = () => now() + 3_600_000;
    try {
      Object.defineProperty(audio, 'paused', { configurable: true, value: false });
      audio.currentTime = 1.5;
      await failed();
    } finally {
      performance.now = now;
    }
    expect(readings()).toBe(first + 1);
    expect(audio.getAttribute('src')).toBe(link);
    let plays = 0;
    audio.play = () => Promise.resolve(void (plays += 1));
    audio.currentTime = 0;
    audio.dispatchEvent(new Event('loadedmetadata'));
    expect(audio.currentTime).toBe(1.5);
    expect(plays).toBe(1);
  });

  it('shows the version that the call ran', async () => {
    const page = await open('#/calls/call_1');
    const detail = part(page, 'dialnexa-call-detail');
    detail.querySelector('details')!.open = true;
    await settled(page);
    expect(words(detail)).toContain('You run a workshop.');
  });

  it('says that a call does not exist', async () => {
    const page = await open('#/calls/call_none');
    expect(words(part(page, 'dialnexa-call-detail'))).toContain('There is no call call_none.');
  });
});
