/** What there is of the element, and how much of the page it takes: dialog, sheet, one line, one button, nothing. */
import { waitFor } from '../support/wait-for.js';
import { afterEach, describe, expect, it } from './expect.js';
import {
  button,
  byRole,
  clean,
  faults,
  findButton,
  focused,
  heightOf,
  mount,
  mountActive,
  mountActiveIn,
  nextEvent,
  settle,
  text,
  tooSmall,
  unmountAll,
  type Mounted,
} from './mount.js';

const MODES = ['card', 'dialog', 'button', 'headless'] as const;
const SIZES = ['full', 'compact', 'sheet'] as const;

function dialogOf({ element }: Mounted): HTMLDialogElement | null {
  return element.shadowRoot!.querySelector('dialog');
}

/** As a browser does for Esc. */
function escape(mounted: Mounted): Promise<void> {
  dialogOf(mounted)!.dispatchEvent(new Event('cancel', { cancelable: true }));
  return mounted.drawn();
}

/** In a call in the window of a phone. */
function onPhone(attributes: Record<string, string>): Promise<Mounted> {
  return mountActiveIn(360, 640, { theme: 'light', ...attributes });
}

describe('the mode of the element', () => {
  afterEach(unmountAll);

  it('changes at any time, in every size, and the call goes on', async () => {
    const { element, calls, call, drawn } = await mountActive({ theme: 'light' });
    call().says('agent', 'Hello.');
    const made = calls.length;
    for (const size of SIZES) {
      for (const mode of [...MODES, ...[...MODES].reverse()]) {
        Object.assign(element, { mode, size });
        await drawn();
        expect(element.state.status).toBe('active');
        expect(Boolean(findButton(element, /hang up/i))).toBe(mode !== 'headless');
        if (mode !== 'headless') expect(await faults(element)).toEqual([]);
      }
    }
    expect([calls.length, call().asked]).toEqual([made, ['start']]);
    expect(element.getAttributeNames().includes('mode')).toBe(false);
  });

  it('headless draws nothing, and methods and events work', async () => {
    const { element, call, drawn } = await mount({ mode: 'headless' });
    expect(element.shadowRoot!.querySelector('*')).toBe(null);
    expect(getComputedStyle(element).display).toBe('none');
    const started = nextEvent(element, 'dialnexa-start');
    await element.start();
    await started;
    call().agent('listening');
    const said = nextEvent(element, 'dialnexa-transcript');
    call().says('agent', 'Hello.');
    expect((await said).detail.text).toBe('Hello.');
    expect(await element.sendText('Hi')).toBe(true);
    await element.mute();
    const ended = nextEvent(element, 'dialnexa-ended');
    await element.end();
    expect((await ended).detail.endReason).toBe('user_disconnected');
    await drawn();
    expect(element.shadowRoot!.querySelector('*')).toBe(null);
  });

  it('headless starts no call without the consent for which it cannot ask', async () => {
    const { error } = console;
    console.error = () => {};
    try {
      const mounted = await mount({ mode: 'headless', 'consent-text': 'This is recorded.' });
      const failed = nextEvent(mounted.element, 'dialnexa-error');
      await mounted.element.start();
      const { code, message } = (await failed).detail;
      expect(code).toBe('invalid_options');
      expect(message).toContain('consent-text');
      expect(mounted.calls.flatMap((call) => call.asked)).toEqual([]);
    } finally {
      console.error = error;
    }
  });

  it('button remains one, which ends the call, and says what needs attention', async () => {
    const mounted = await mount({ mode: 'button', theme: 'light' });
    const { element, call, drawn } = mounted;
    button(element, /talk to us/i).focus();
    button(element, /talk to us/i).click();
    await drawn();
    expect(focused(element)).toBe('Cancel');
    call().agent('speaking', Date.now() - 65_000);
    await drawn();
    expect(element.shadowRoot!.querySelectorAll('button').length).toBe(1);
    expect(clean(button(element, /hang up/i).textContent ?? '')).toBe('Hang up 1:05');
    expect(await faults(element)).toEqual([]);
    call().blockAudio(true);
    await drawn();
    expect(tooSmall(element)).toEqual([]);
    button(element, /turn on sound/i).click();
    button(element, /hang up/i).click();
    await drawn();
    expect(call().asked.filter((word) => word !== 'warmUp')).toEqual([
      'start',
      'resumeAudio',
      'end',
    ]);
    expect(focused(element)).toBe('Talk to us');
    expect(clean(byRole(element, 'status')!.textContent ?? '')).toContain('Call ended');
    button(element, /talk to us/i).click();
    await drawn();
    call().fail('microphone_not_found');
    await drawn();
    expect(text(element)).toContain('No microphone was found.');
  });
});

describe('a dialog', () => {
  afterEach(unmountAll);

  it('holds the focus, says what it is, and gives the focus back', async () => {
    const mounted = await mount({
      mode: 'dialog',
      theme: 'light',
      'consent-text': 'It is recorded.',
    });
    const { element, call, calls, drawn } = mounted;
    const outside = document.createElement('button');
    document.body.append(outside);
    button(element, /talk to us/i).focus();
    button(element, /talk to us/i).click();
    await drawn();
    const dialog = dialogOf(mounted)!;
    expect(dialog.matches(':modal')).toBe(true);
    expect([dialog.ariaLabel, dialog.ariaModal]).toEqual(['Voice call', 'true']);
    expect(await faults(element)).toEqual([]);
    outside.focus();
    expect(document.activeElement).toBe(element);
    await escape(mounted);
    expect(dialogOf(mounted)).toBe(null);
    expect(focused(element)).toBe('Talk to us');
    expect(calls.flatMap(({ asked }) => asked.filter((word) => word === 'start'))).toEqual([]);
    button(element, /talk to us/i).click();
    await drawn();
    button(element, /agree/i).click();
    await drawn();
    call().agent('listening');
    await drawn();
    expect(focused(element)).toBe('Listening');
    const status = dialogOf(mounted)!.querySelector('[role=status]');
    expect(clean(status!.textContent ?? '')).toBe('You are connected.');
    expect(tooSmall(element)).toEqual([]);
    call().over('agent_disconnected');
    await drawn();
    expect(dialogOf(mounted)!.matches(':modal')).toBe(true);
    button(element, /close/i).click();
    await drawn();
    expect([dialogOf(mounted), focused(element)]).toEqual([null, 'Talk to us']);
  });

  it('is put away by Esc and by its button, while the call goes on in one line', async () => {
    const mounted = await mountActive({ mode: 'dialog', theme: 'light' });
    const { element, call, drawn } = mounted;
    for (const putAway of [
      () => escape(mounted),
      () => (button(element, /minimise/i).click(), drawn()),
      // A browser closes it by itself when Esc is pressed again and again.
      () => dialogOf(mounted)!.dispatchEvent(new Event('close')),
    ]) {
      await putAway();
      await drawn();
      expect(dialogOf(mounted)).toBe(null);
      expect(focused(element)).toBe('Open the call');
      expect(await faults(element)).toEqual([]);
      expect(tooSmall(element)).toEqual([]);
      button(element, /open the call/i).click();
      await drawn();
      expect(dialogOf(mounted)!.matches(':modal')).toBe(true);
    }
    await escape(mounted);
    call().over('agent_disconnected');
    await drawn();
    expect(dialogOf(mounted)!.matches(':modal')).toBe(true);
    expect(call().asked).toEqual(['start']);
  });

  it('is one again after the page has moved the element', async () => {
    const mounted = await mountActive({ mode: 'dialog' });
    const place = document.createElement('main');
    document.body.append(place);
    place.append(mounted.element);
    await mounted.drawn();
    expect(dialogOf(mounted)!.matches(':modal')).toBe(true);
    expect(mounted.call().asked).toEqual(['start']);
  });

  it('fills the screen of a phone, as a sheet does, and a compact call does not', async () => {
    const floating = { placement: 'bottom-right' };
    for (const attributes of [
      { mode: 'dialog' },
      { size: 'sheet' },
      { mode: 'dialog', ...floating },
      { size: 'sheet', ...floating },
    ] as Record<string, string>[]) {
      const mounted = await onPhone(attributes);
      settle(mounted.element);
      const card = mounted.element.shadowRoot!.querySelector('dialog .card')!;
      const { left, top, width, height } = card.getBoundingClientRect();
      expect([left, top, width, height]).toEqual([0, 0, 360, 640]);
      const hangUp = button(mounted.element, /hang up/i).getBoundingClientRect();
      expect(hangUp.bottom <= 640 && hangUp.bottom > 560).toBe(true);
      expect(await faults(mounted.element)).toEqual([]);
      unmountAll();
    }
    const { element } = await onPhone({ size: 'compact', ...floating });
    expect(heightOf(element) < 80).toBe(true);
    unmountAll();
    expect(dialogOf(await mountActive({ size: 'sheet' }))).toBe(null);
  });
});

describe('a compact call', () => {
  afterEach(unmountAll);

  it('takes one line, and all of it can be reached and pressed', async () => {
    const mounted = await mountActive({ size: 'compact', theme: 'light' });
    const { element, call, drawn } = mounted;
    call().says('agent', 'Hello.');
    await drawn();
    expect(heightOf(element) < 80).toBe(true);
    expect(text(element)).not.toContain('Hello.');
    expect(tooSmall(element)).toEqual([]);
    expect(await faults(element)).toEqual([]);
    const before = button(element, /hang up/i).getBoundingClientRect().left;
    call().agent('thinking');
    button(element, /mute/i).click();
    await drawn();
    expect(button(element, /hang up/i).getBoundingClientRect().left).toBe(before);
    button(element, /hang up/i).click();
    await drawn();
    expect(call().asked).toEqual(['start', 'mute', 'end']);
    expect(focused(element)).toContain('Call ended');
  });
});

describe('the list of languages', () => {
  afterEach(unmountAll);

  it('speaks another one in the middle of a call, which goes on, and tells the agent of the next', async () => {
    const { element, call, calls, drawn } = await mountActive({
      languages: 'en, fr ar sv',
      lang: 'en-GB',
    });
    const list = element.shadowRoot!.querySelector(
      'select[part=language-menu]',
    ) as HTMLSelectElement;
    expect([...list.options].map((one) => `${one.lang} ${one.text}`)).toEqual([
      'en English',
      'fr Français',
      'ar العربية',
      'sv Svenska',
    ]);
    expect(list.value).toBe('en');
    expect(await faults(element)).toEqual([]);
    expect(list.getBoundingClientRect().height >= 44).toBe(true);
    const made = calls.length;
    list.value = 'fr';
    list.dispatchEvent(new Event('change'));
    const hangUp = await waitFor(() => findButton(element, /raccrocher/i), { everyMs: 10 });
    expect(hangUp.disabled).toBe(false);
    expect([calls.length, call().asked]).toEqual([made, ['start']]);
    expect(element.getAttribute('lang')).toBe('en-GB');
    call().over('agent_disconnected');
    await drawn();
    button(element, /rappeler/i).click();
    await drawn();
    expect(call().options.locale).toBe('fr');
  });
});
