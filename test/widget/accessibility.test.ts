/** What keyboards and screen readers get: names, focus, announcements, and sizes to touch. */
import { afterEach, describe, expect, it } from './expect.js';
import {
  button,
  byRole,
  clean,
  faults,
  findButton,
  focused,
  mount,
  mountActive,
  tooSmall,
  unmountAll,
} from './mount.js';

describe('without seeing and without a mouse', () => {
  afterEach(unmountAll);

  it('moves the focus from the call button to what is going on, and on to how it ended', async () => {
    const { element, call, drawn } = await mount();
    button(element, /talk to us/i).focus();
    button(element, /talk to us/i).click();
    await drawn();
    expect(focused(element)).toBe('Please allow the microphone…');
    call().agent('listening');
    await drawn();
    expect(focused(element)).toBe('Listening');
    call().over('agent_disconnected');
    await drawn();
    expect(focused(element)).toContain('Call ended');
    button(element, /close/i).click();
    await drawn();
    expect(focused(element)).toBe('Talk to us');
  });

  it('does not take the focus from somewhere else', async () => {
    const { element, call, drawn } = await mountActive();
    const other = document.createElement('input');
    document.body.append(other);
    other.focus();
    call().over('agent_disconnected');
    await drawn();
    expect(document.activeElement).toBe(other);
    expect(focused(element)).toBe('');
  });

  it('does not put a button under the fingers of somebody who is typing', async () => {
    const { element, call, drawn } = await mountActive();
    element.shadowRoot!.querySelector('input')!.focus();
    call().over('agent_disconnected');
    await drawn();
    const focus = element.shadowRoot!.activeElement;
    expect(focus?.getAttribute('part')).toBe('ended');
    expect(await faults(element)).toEqual([]);
  });

  it('announces that the browser holds back the sound', async () => {
    const { element, call, drawn } = await mountActive();
    call().blockAudio(true);
    await drawn();
    expect(clean(byRole(element, 'status')!.textContent ?? '')).toBe(
      'You are connected. Your browser is holding back the sound.',
    );
  });

  it('keeps the call when Escape is pressed', async () => {
    const { element, call } = await mountActive();
    const input = element.shadowRoot!.querySelector('input')!;
    const escape = { key: 'Escape', bubbles: true, composed: true };
    input.dispatchEvent(new KeyboardEvent('keydown', escape));
    expect(call().asked).toEqual(['start']);
  });

  it('announces stages, connection and end in a status region that is always there', async () => {
    const { element, call, drawn } = await mount();
    const status = byRole(element, 'status')!;
    const said = (): string => clean(status.textContent ?? '');
    expect(said()).toBe('');
    button(element, /talk to us/i).click();
    await drawn();
    expect(said()).toBe('Please allow the microphone…');
    call().agent('listening');
    await drawn();
    expect(said()).toBe('You are connected.');
    call().agent('thinking');
    await drawn();
    expect(said()).toBe('You are connected.');
    // It may come back.
    call().agent('gone');
    await drawn();
    expect(said()).toBe('Disconnected');
    call().agent('listening');
    await drawn();
    expect(said()).toBe('You are connected.');
    call().over('silence_timeout');
    await drawn();
    expect(said()).toContain('Call ended. Nothing was said');
    expect(byRole(element, 'status')).toBe(status);
  });

  it('announces finished turns only, each with its speaker', async () => {
    const { element, call, drawn } = await mountActive();
    const log = byRole(element, 'log')!;
    call().says('user', 'When are', { id: 'a', final: false });
    await drawn();
    const interim = element.shadowRoot!.querySelector('.interim')!;
    expect(interim.textContent).toContain('When are');
    expect(interim.closest('[aria-live]')!.getAttribute('aria-live')).toBe('off');
    const words = interim.querySelector('bdi')!;
    call().says('user', 'When are you open?', { id: 'a' });
    call().says('agent', 'From nine to six.');
    await drawn();
    // What a log announces is what comes into it.
    expect(words.isConnected).toBe(false);
    expect(interim.isConnected).toBe(true);
    expect(interim.closest('[aria-live]')).toBe(log);
    expect(clean(log.textContent ?? '')).toBe('You: When are you open? Agent: From nine to six.');
    const first = log.firstElementChild;
    call().says('agent', 'Anything else?');
    await drawn();
    expect(log.firstElementChild).toBe(first);
    expect(log.getAttribute('aria-live')).toBe('polite');
  });

  it('is large enough to touch', async () => {
    const { element, call, drawn } = await mountActive();
    call().blockAudio(true);
    await drawn();
    expect(tooSmall(element)).toEqual([]);
  });

  it('asks for consent, and sends it with the call', async () => {
    const { element, calls, drawn } = await mount({
      'consent-text': 'This call is recorded.',
      'consent-version': '2',
    });
    button(element, /talk to us/i).click();
    await drawn();
    expect(focused(element)).toBe('Agree and call');
    expect(await faults(element)).toEqual([]);
    button(element, /not now/i).click();
    await drawn();
    expect(focused(element)).toBe('Talk to us');
    button(element, /talk to us/i).click();
    await drawn();
    expect(calls.flatMap((call) => call.asked.filter((word) => word === 'start'))).toEqual([]);
    button(element, /agree/i).click();
    await drawn();
    const { consent } = calls.at(-1)!.options;
    expect(calls.at(-1)!.asked).toContain('start');
    expect(consent?.text).toBe('This call is recorded.');
    expect(consent?.version).toBe('2');
    expect(Date.now() - Date.parse(consent!.accepted_at) < 5000).toBe(true);
    calls.at(-1)!.over('agent_disconnected');
    await drawn();
    expect(findButton(element, /call again/i)).not.toBe(null);
  });

  it('speaks the words of the page', async () => {
    const { element } = await mount();
    element.texts = { call: 'Ring the bell', agentStates: { listening: 'All ears' } };
    await element.updateComplete;
    expect(findButton(element, /ring the bell/i)).not.toBe(null);
  });

  it('takes the language around it', async () => {
    document.body.innerHTML = '<div lang="de-AT"></div>';
    const { element } = await mount();
    document.querySelector('[lang]')!.append(element);
    element.requestUpdate();
    await element.updateComplete;
    expect(findButton(element, /mit uns sprechen/i)).not.toBe(null);
  });

  it('writes a foreign slot into the button', async () => {
    const { element } = await mount();
    element.innerHTML = '<span slot="label">Slotted</span>';
    expect(button(element, /slotted/i).type).toBe('button');
  });
});
