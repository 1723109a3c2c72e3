/** What becomes of a call when its element is set up late, moved or taken away, and what the element tells of it. */
import { DialNexaCallElement } from '../../widget/index.js';
import { FakeCall } from '../fakes/fake-call.js';
import { afterEach, describe, expect, it } from './expect.js';
import { button, findButton, mount, mountActive, nextEvent, text, unmountAll } from './mount.js';

/** The events of the class comment. */
const EVENTS = [
  'dialnexa-start',
  'dialnexa-statechange',
  'dialnexa-transcript',
  'dialnexa-agentstate',
  'dialnexa-audiolevel',
  'dialnexa-error',
  'dialnexa-ended',
] as const;

describe('the life of the element', () => {
  afterEach(unmountAll);

  it('ends the call when it is taken away, and leaves nothing', async () => {
    const { element, call } = await mountActive();
    const ended = nextEvent(element, 'dialnexa-ended');
    element.remove();
    expect((await ended).detail.endReason).toBe('user_disconnected');
    expect(call().asked).toEqual(['start', 'end']);
    expect(call().listening).toBe(1);
  });

  it('keeps the call when it is moved', async () => {
    const { element, call, drawn } = await mountActive();
    const place = document.createElement('div');
    document.body.append(place);
    place.append(element);
    await drawn();
    await drawn();
    expect(call().asked).toEqual(['start']);
    call().agent('thinking');
    await drawn();
    expect(text(element)).toContain('Thinking');
  });

  it('takes up the call of the page before where it is told to, and there is one', async () => {
    const attributes = { resume: '' };
    expect((await mount(attributes)).call().asked).toEqual([]);
    sessionStorage.setItem('dialnexa-call', 'of the page before');
    try {
      expect((await mount()).call().asked).toEqual([]);
      const { element, call, drawn } = await mount(attributes);
      await drawn();
      expect([call().asked, call().options.resume]).toEqual([['resume'], true]);
      call().agent('listening');
      await drawn();
      expect(findButton(element, /hang up/i) !== null).toBe(true);
    } finally {
      sessionStorage.removeItem('dialnexa-call');
    }
  });

  it('asks for it again where the browser shows a page that it has kept', async () => {
    const { call } = await mountActive({ resume: '' });
    call().over('page_closed');
    globalThis.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: false }));
    expect(call().asked).toEqual(['start']);
    globalThis.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
    expect(call().asked).toEqual(['start', 'resume']);
  });

  it('gives it up when it is taken away before there is anything to see of it', async () => {
    const { element, call } = await mountActive({ resume: '' });
    call().over('page_closed');
    call().resume = () => new Promise(() => {});
    globalThis.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
    element.remove();
    await new Promise((resolve) => setTimeout(resolve));
    expect(call().asked).toEqual(['start', 'end']);
  });

  it('offers the functions of the page, tells the agent things, and presses keys', async () => {
    const tool = { name: 'show', description: 'Shows.', run: () => undefined };
    const { element, call } = await mountActive();
    const takeBack = element.registerTool(tool);
    element.registerTool({ ...tool, name: 'open' });
    expect(await element.sendContext('The cart is empty.')).toBe(true);
    expect(await element.sendDigits('1#')).toBe(true);
    takeBack();
    expect(call().asked).toEqual([
      'start',
      'registerTool show',
      'registerTool open',
      'sendContext The cart is empty.',
      'sendDigits 1#',
      'without show',
    ]);
  });

  it('offers them to the next call as well', async () => {
    const { element, calls, drawn } = await mount();
    element.registerTool({ name: 'show', description: 'Shows.', run: () => undefined });
    element.setAttribute('agent-id', 'agent_other');
    await drawn();
    expect(calls.map((call) => call.asked)).toEqual([['registerTool show'], ['registerTool show']]);
  });

  it('is ready again when it comes back', async () => {
    const { element, drawn, calls } = await mountActive();
    element.remove();
    await new Promise((resolve) => setTimeout(resolve));
    document.body.append(element);
    await drawn();
    button(element, /talk to us/i).click();
    await drawn();
    expect(calls.at(-1)?.asked).toEqual(['start']);
    expect(calls.length).toBe(2);
  });

  it('takes properties that were set before it was defined', async () => {
    const late = document.createElement('dialnexa-late') as DialNexaCallElement;
    Object.assign(late, {
      apiKey: 'dnx_pk_late',
      agentVersionId: 'av_1',
      callFactory: (options: ConstructorParameters<typeof FakeCall>[0]) => new FakeCall(options),
      label: 'Late',
    });
    document.body.append(late);
    customElements.define('dialnexa-late', class extends DialNexaCallElement {});
    await late.updateComplete;
    expect(button(late, /late/i).disabled).toBe(false);
  });

  it('hands what the page has set to the call', async () => {
    const { element, call, drawn } = await mount({
      'agent-version-number': '3',
      variables: '{"name":"Ann","ticket":42}',
      lang: 'de',
    });
    element.metadata = { page: 'pricing' };
    await drawn();
    expect(call().options).toEqual({
      apiKey: 'dnx_pk_test',
      agentId: 'agent_test',
      agentVersionNumber: 3,
      serverUrl: 'https://calls.example.test',
      locale: 'de',
      variables: { name: 'Ann', ticket: 42 },
      metadata: { page: 'pricing' },
    });
    expect(findButton(element, /mit uns sprechen/i)).not.toBe(null);
  });

  it('keeps a running call when its attributes change', async () => {
    const { element, calls, drawn } = await mountActive();
    element.agentId = 'agent_other';
    await drawn();
    expect(calls.length).toBe(1);
    calls[0]?.over('agent_disconnected');
    await drawn();
    expect(text(element)).toContain('The agent ended the call.');
    button(element, /call again/i).click();
    await drawn();
    expect(calls.at(-1)?.options.agentId).toBe('agent_other');
  });

  it('loads the media code at the first sign of intent, and once', async () => {
    const { element, call } = await mount();
    expect(call().asked).toEqual([]);
    element.dispatchEvent(new PointerEvent('pointerenter'));
    element.dispatchEvent(new PointerEvent('pointerenter'));
    button(element, /talk to us/i).focus();
    expect(call().asked).toEqual(['warmUp']);
  });

  it('dispatches every documented event, composed and bubbling', async () => {
    const heard: string[] = [];
    const hear = (event: Event): void => {
      heard.push(`${event.type} ${event.bubbles && event.composed}`);
    };
    for (const name of EVENTS) document.addEventListener(name, hear);
    const { call, element } = await mountActive();
    call().says('agent', 'Hello.');
    call().levels(0.2, 0.4);
    call().trouble('microphone_lost');
    call().over('agent_disconnected');
    for (const name of EVENTS) document.removeEventListener(name, hear);
    expect([...new Set(heard)].sort()).toEqual(EVENTS.map((name) => `${name} true`).sort());
    expect(element.state.status).toBe('ended');
  });

  it('does not call when the page prevents it', async () => {
    const { element, call, drawn } = await mount();
    element.addEventListener('dialnexa-start', (event) => event.preventDefault(), { once: true });
    await element.start();
    await drawn();
    expect(call().asked).toEqual([]);
    await element.start();
    expect(call().asked).toEqual(['start']);
  });

  it('never calls twice at once', async () => {
    const { element, call } = await mountActive();
    await element.start();
    expect(call().asked).toEqual(['start']);
  });

  it('tells the developer what is not set up, in the page and once in the console', async () => {
    const said: unknown[] = [];
    const { error } = console;
    console.error = (words: unknown) => said.push(words);
    const { element, drawn } = await mount({ 'agent-id': '' });
    await nextEvent(element, 'dialnexa-error');
    element.label = 'again';
    await drawn();
    await new Promise((resolve) => setTimeout(resolve, 5));
    console.error = error;
    expect(said.length).toBe(1);
    expect(text(element)).toContain('Set agent-id');
    element.agentId = 'agent_1';
    await drawn();
    expect(findButton(element, /again/i)).not.toBe(null);
  });

  it('tells the developer in the console what broke a call, and not what is up to the visitor', async () => {
    const said: string[] = [];
    const { error } = console;
    console.error = (words: string) => said.push(words);
    for (const code of ['microphone_denied', 'blocked_by_page_policy'] as const) {
      const { call } = await mountActive();
      call().fail(code, 'network_failure', {
        remedy: 'Add https://calls.example.test to connect-src.',
      });
    }
    console.error = error;
    expect(said.join()).toBe(
      '<dialnexa-call>: The security policy of this page forbids the connection. Add https://calls.example.test to connect-src.',
    );
  });

  it('tells by event and hint, never by rejecting, that a start cannot be made', async () => {
    const { error } = console;
    console.error = () => {};
    const { element, call, drawn } = await mount();
    const told = nextEvent(element, 'dialnexa-error');
    element.apiKey = '';
    await element.start();
    expect((await told).detail.code).toBe('invalid_options');
    await drawn();
    expect(text(element)).toContain('Set api-key');
    element.apiKey = 'dnx_pk_test';
    await element.start();
    expect(call().asked).toEqual(['start']);
    await new Promise((resolve) => setTimeout(resolve, 5));
    console.error = error;
  });

  it('waits for fields that a framework could only write as text so far', async () => {
    const { element, call, drawn } = await mount({ fields: '[object Object],[object Object]' });
    expect(text(element)).toBe('Talk to us');
    element.fields = [];
    await drawn();
    await element.start();
    expect(call().asked).toEqual(['start']);
  });

  it('refuses variables that are not JSON, in words', async () => {
    const { error } = console;
    console.error = () => {};
    const { element } = await mount({ variables: '{name: Ann}' });
    await nextEvent(element, 'dialnexa-error');
    console.error = error;
    expect(text(element)).toContain('variables must be an object, or JSON of one');
  });
});
