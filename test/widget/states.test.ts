/** What a visitor sees and may do in every state of a call. */
import { sendKeys } from '@web/test-runner-commands';
import { CallError, TEXT_FAULTS } from '../../sdk/index.js';
import type { DialNexaCallElement } from '../../widget/index.js';
import { waitFor } from '../support/wait-for.js';
import { afterEach, describe, expect, it } from './expect.js';
import {
  button,
  byRole,
  clean,
  faults,
  findButton,
  heightOf,
  mount,
  mountActive,
  settle,
  nextEvent,
  text,
  unmountAll,
} from './mount.js';

describe('<dialnexa-call>', () => {
  afterEach(() => {
    document.body.removeAttribute('style');
    unmountAll();
  });

  it('is a button until somebody calls', async () => {
    const { element, calls } = await mount({ label: 'Ask the workshop' });
    expect(button(element, /^ask the workshop$/i).type).toBe('button');
    expect(calls.flatMap((call) => call.asked)).toEqual([]);
    expect(await faults(element)).toEqual([]);
  });

  it('says what it is waiting for, and lets the visitor give up', async () => {
    const { element, call, drawn } = await mount();
    button(element, /talk to us/i).click();
    await drawn();
    expect(text(element)).toContain('Please allow the microphone');
    call().stage('waiting_for_agent');
    await drawn();
    expect(text(element)).toContain('Ringing');
    expect(await faults(element)).toEqual([]);
    button(element, /cancel/i).click();
    await drawn();
    expect(call().asked).toEqual(['start', 'end']);
  });

  it('takes as much of the page while it starts as in the call, with a transcript and without', async () => {
    for (const transcript of ['show', 'hide']) {
      const { element, call, drawn } = await mount({ transcript });
      button(element, /talk to us/i).click();
      await drawn();
      const starting = heightOf(element);
      call().stage('waiting_for_agent');
      await drawn();
      expect(heightOf(element)).toBe(starting);
      call().agent('listening');
      await drawn();
      expect(heightOf(element)).toBe(starting);
    }
  });

  it('takes as much of a narrow page while it starts as in the call', async () => {
    document.body.style.width = '260px';
    const { element, call, drawn } = await mount();
    button(element, /talk to us/i).click();
    await drawn();
    const starting = heightOf(element);
    const cancel = button(element, /cancel/i).getBoundingClientRect();
    call().agent('listening');
    await drawn();
    expect(heightOf(element)).toBe(starting);
    // Who presses "Cancel" as the agent comes must not have muted itself instead.
    const { left, top, width } = button(element, /hang up/i).getBoundingClientRect();
    expect([left, top, width]).toEqual([cancel.left, cancel.top, cancel.width]);
  });

  it('brings the whole card into sight, where it fits, when somebody calls', async () => {
    const { element, call, drawn } = await mount();
    for (const place of ['beforebegin', 'afterend'] as const) {
      const rest = document.createElement('div');
      rest.style.height = `${innerHeight - 80}px`;
      element.insertAdjacentElement(place, rest);
    }
    button(element, /talk to us/i).click();
    await drawn();
    call().agent('listening');
    await drawn();
    const { top, bottom } = element.getBoundingClientRect();
    expect(bottom - top < innerHeight).toBe(true);
    expect(Math.round(top) >= 0).toBe(true);
    expect(Math.round(bottom) <= innerHeight).toBe(true);
  });

  it('shows what the agent is doing', async () => {
    const { element, call, drawn } = await mountActive();
    expect(text(element)).toContain('Listening');
    call().agent('thinking');
    await drawn();
    expect(text(element)).toContain('Thinking');
    call().agent('speaking', Date.now() - 65_000);
    await drawn();
    expect(text(element)).toContain('Speaking');
    expect(await faults(element)).toEqual([]);
  });

  it('fades the upper edge of the transcript only where something is scrolled out', async () => {
    const { element, call, drawn } = await mountActive();
    call().says('agent', 'Hello.');
    await drawn();
    const log = element.shadowRoot!.querySelector('.transcript')!;
    expect(getComputedStyle(log, '::before').opacity).toBe('0');
    // A page in the background draws no frame: what would show it there is asked instead.
    const driven = log
      .getAnimations({ subtree: true })
      .filter(({ effect }) => (effect as KeyframeEffect).pseudoElement === '::before');
    expect(driven.map(({ timeline }) => timeline?.constructor.name)).toEqual(['ScrollTimeline']);
    const frames = (driven[0]!.effect as KeyframeEffect).getKeyframes();
    expect(frames.map(({ opacity }) => opacity).join()).toBe('0,1');
  });

  it('leaves what is said at its place when it is final, and brings it in once', async () => {
    const { element, call, drawn } = await mountActive();
    const turn = (): HTMLElement => element.shadowRoot!.querySelector<HTMLElement>('.turn.user')!;
    const top = (): number => turn().offsetTop;
    call().says('user', 'When are', { id: 'a', final: false });
    await drawn();
    const [first, place] = [turn(), top()];
    expect(turn().getAnimations().length).toBe(1);
    settle(element);
    call().says('user', 'When are you open?', { id: 'a' });
    await drawn();
    expect(turn()).toBe(first);
    expect(top()).toBe(place);
    expect(turn().getAnimations().length).toBe(0);
    // Nor when somebody else has said something before it is final.
    call().says('user', 'And', { id: 'b', final: false });
    await drawn();
    const [, second] = element.shadowRoot!.querySelectorAll<HTMLElement>('.turn');
    const below = second!.offsetTop;
    call().says('agent', 'From nine to six.', { id: 'd' });
    await drawn();
    expect(second!.offsetTop).toBe(below);
  });

  it('tells how long the call lasts', async () => {
    const { element, call, drawn } = await mount();
    button(element, /talk to us/i).click();
    call().agent('listening', Date.now() - 65_000);
    await drawn();
    expect(clean(byRole(element, 'timer')?.textContent ?? '')).toBe('1:05');
  });

  for (const stage of ['microphone', 'grant', 'connecting', 'waiting_for_agent'] as const) {
    it(`lets visitors mute before the agent is there, at the stage ${stage}`, async () => {
      const { element, call, drawn } = await mount();
      button(element, /talk to us/i).click();
      call().stage(stage);
      await drawn();
      const height = heightOf(element);
      const mute = button(element, /^mute$/i);
      expect(mute.getAttribute('aria-disabled')).toBe('false');
      mute.click();
      await drawn();
      expect(text(element)).toContain('You are muted.');
      expect(heightOf(element)).toBe(height);
      call().agent('listening');
      await drawn();
      button(element, /^unmute$/i).click();
      expect(call().asked).toEqual(['start', 'mute', 'unmute']);
    });
  }

  it('mutes and unmutes by a button that says what it does, in words and to screen readers', async () => {
    for (const size of ['full', 'compact']) {
      const { element, call, drawn } = await mountActive({ size, theme: 'light' });
      const mute = button(element, /^mute$/i);
      const box = (): string =>
        [mute, button(element, /hang up/i)]
          .map((one) => JSON.stringify(one.getBoundingClientRect()))
          .join();
      const shown = (): string => (size === 'full' ? mute.innerText.trim() : mute.title);
      const before = box();
      expect(shown()).toBe('Mute');
      mute.click();
      await drawn();
      expect([mute.ariaLabel, shown(), mute.ariaPressed]).toEqual(['Unmute', 'Unmute', null]);
      if (size === 'full') expect(text(element)).toContain('You are muted');
      // Whoever presses twice must not hang up.
      expect(box()).toBe(before);
      expect(await faults(element)).toEqual([]);
      mute.click();
      await drawn();
      expect([mute.ariaLabel, shown()]).toEqual(['Mute', 'Mute']);
      expect(call().asked.slice(-2)).toEqual(['mute', 'unmute']);
      unmountAll();
    }
  });

  it('shows where one will type while it connects, and leaves nothing empty', async () => {
    const { element, drawn } = await mount();
    button(element, /talk to us/i).click();
    await drawn();
    const place = element.shadowRoot!.querySelector<HTMLElement>('.text-box')!;
    expect(place.innerText.trim()).toBe('Type a message');
    expect(element.shadowRoot!.querySelector('input')).toBe(null);
    expect(await faults(element)).toEqual([]);
  });

  it('sends what is typed, and keeps it in the box when that fails', async () => {
    const { element, call, drawn } = await mountActive();
    const input = element.shadowRoot!.querySelector('input')!;
    input.value = 'I have ticket 42';
    call().textFault = new CallError('text_not_sent');
    button(element, /^send$/i).click();
    await drawn();
    await drawn();
    expect(input.value).toBe('I have ticket 42');
    expect(byRole(element, 'alert')?.textContent).toContain('could not be sent');
    expect(await faults(element)).toEqual([]);
    button(element, /^send$/i).click();
    await new Promise((resolve) => setTimeout(resolve));
    await drawn();
    expect(input.value).toBe('');
    expect(byRole(element, 'log')?.textContent).toContain('I have ticket 42');
    expect(byRole(element, 'alert')).toBe(null);
  });

  it('sends what is typed once, however often Enter is pressed', async () => {
    const { element, call, drawn } = await mountActive();
    const input = element.shadowRoot!.querySelector('input')!;
    for (const words of ['I have ticket 42', 'and a flat tyre']) {
      input.value = words;
      input.form!.requestSubmit();
      input.form!.requestSubmit();
      await new Promise((resolve) => setTimeout(resolve));
      await drawn();
    }
    expect(call().asked.filter((word) => word.startsWith('sendText'))).toEqual([
      'sendText I have ticket 42',
      'sendText and a flat tyre',
    ]);
  });

  it('sends what is typed while the agent takes another text after that one, and only once', async () => {
    const { element, call, drawn } = await mountActive();
    const input = element.shadowRoot!.querySelector('input')!;
    let take = (): void => undefined;
    call().textTaken = new Promise((resolve) => (take = resolve));
    input.focus();
    await sendKeys({ type: 'A flat tyre.' });
    await sendKeys({ press: 'Enter' });
    // Before the agent has taken it.
    input.value += 'Today';
    input.form!.requestSubmit();
    input.value += ', or tomorrow';
    take();
    await waitFor(() => call().transcript.length === 2);
    await drawn();
    expect(call().asked.filter((word) => word.startsWith('sendText'))).toEqual([
      'sendText A flat tyre.',
      'sendText Today',
    ]);
    expect(input.value).toBe(', or tomorrow');
  });

  it('says why a message was not taken', async () => {
    const { element, call, drawn } = await mountActive();
    type(element, 'one more');
    const { message, remedy } = TEXT_FAULTS.too_fast;
    call().textFault = new CallError('text_not_sent', { message, remedy, reason: 'too_fast' });
    button(element, /^send$/i).click();
    await nextEvent(element, 'dialnexa-error');
    await drawn();
    expect(clean(byRole(element, 'alert')?.textContent ?? '')).toBe(`${message} ${remedy}`);
  });

  it('tells the agent that somebody is typing', async () => {
    const { element, call } = await mountActive();
    type(element, 'I');
    expect(call().asked.at(-1)).toBe('typing');
  });

  it('keeps what was typed past a lost connection and the end of the call, for the next one', async () => {
    const { element, call, drawn } = await mountActive();
    type(element, 'My bicycle is').focus();
    call().reconnect();
    await drawn();
    expect(textInput(element)?.value).toBe('My bicycle is');
    call().over('silence_timeout');
    await drawn();
    expect(textInput(element)?.value).toBe('My bicycle is');
    expect(element.shadowRoot?.activeElement).toBe(textInput(element));
    expect(await faults(element)).toEqual([]);
    type(element, 'My bicycle is green');
    button(element, /call again/i).click();
    await drawn();
    call().agent('listening');
    await drawn();
    expect(textInput(element)?.value).toBe('My bicycle is green');
    button(element, /^send$/i).click();
    await new Promise((resolve) => setTimeout(resolve));
    await drawn();
    expect(call().asked.at(-1)).toBe('sendText My bicycle is green');
    expect(textInput(element)?.value).toBe('');
    call().over('user_disconnected');
    await drawn();
    expect(textInput(element)).toBe(null);
  });

  it('offers to turn on the sound that the browser holds back', async () => {
    const { element, call, drawn } = await mountActive();
    call().blockAudio(true);
    await drawn();
    expect(await faults(element)).toEqual([]);
    button(element, /turn on sound/i).click();
    await drawn();
    expect(call().asked.at(-1)).toBe('resumeAudio');
    expect(findButton(element, /turn on sound/i)).toBe(null);
  });

  it('says that it is reconnecting', async () => {
    const { element, call, drawn } = await mountActive();
    call().reconnect();
    await drawn();
    expect(text(element)).toContain('Reconnecting');
    expect(await faults(element)).toEqual([]);
  });

  it('says in plain words why a call ended, and calls again', async () => {
    const { element, call, drawn } = await mountActive();
    call().says('agent', 'Goodbye.');
    call().over('terminated_by_api', 83_000);
    await drawn();
    expect(text(element)).toContain('The operator ended the call.');
    expect(text(element)).toContain('1:23');
    expect(text(element)).toContain('Goodbye.');
    expect(await faults(element)).toEqual([]);
    button(element, /call again/i).click();
    await drawn();
    expect(text(element)).toContain('Please allow the microphone');
  });

  it('goes back to the button', async () => {
    const { element, call, drawn } = await mountActive();
    call().over('user_disconnected');
    await drawn();
    button(element, /close/i).click();
    await drawn();
    expect(findButton(element, /talk to us/i)).not.toBe(null);
  });

  it('tells what went wrong and what to do, and tries again', async () => {
    const { element, call, drawn } = await mount();
    button(element, /talk to us/i).click();
    call().fail('microphone_denied', 'microphone_denied');
    await drawn();
    const alert = byRole(element, 'alert')?.textContent ?? '';
    expect(alert).toContain('The microphone is blocked');
    expect(alert).toContain('Allow the microphone');
    expect(await faults(element)).toEqual([]);
    button(element, /try again/i).click();
    await drawn();
    expect(call().asked).toEqual(['start', 'start']);
  });

  it('does not offer to try again what cannot succeed', async () => {
    const { element, call, drawn } = await mount();
    button(element, /talk to us/i).click();
    call().fail('version_not_published');
    await drawn();
    expect(findButton(element, /try again/i)).toBe(null);
    expect(findButton(element, /close/i)).not.toBe(null);
  });

  for (const theme of ['light', 'dark']) {
    it(`has enough contrast when ${theme}`, async () => {
      const { element, call, drawn } = await mountActive({ theme });
      call().says('agent', 'Hello.');
      call().says('user', 'Good morning.');
      call().says('user', 'I would', { final: false });
      await drawn();
      expect(await faults(element)).toEqual([]);
    });
  }
});

function textInput(element: DialNexaCallElement): HTMLInputElement | null {
  return element.shadowRoot?.querySelector('input') ?? null;
}

/** As a keyboard does. */
function type(element: DialNexaCallElement, words: string): HTMLInputElement {
  const input = textInput(element);
  if (!input) throw new Error('There is nothing to type into.');
  input.value = words;
  input.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
  return input;
}
