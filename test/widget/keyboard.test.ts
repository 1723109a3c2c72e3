/** All of a call by keyboard: the lists, the slider and the marks are the browser's own, with one tab stop each. */
import { sendKeys } from '@web/test-runner-commands';
import { waitFor } from '../support/wait-for.js';
import { afterEach, describe, expect, it } from './expect.js';
import type { FakeCall } from '../fakes/fake-call.js';
import { mount, mountActive, unmountAll, type Mounted } from './mount.js';

function device(kind: MediaDeviceKind, deviceId: string): MediaDeviceInfo {
  return { kind, deviceId, label: deviceId, groupId: '', toJSON: () => '' };
}

async function inCall(attributes: Record<string, string> = {}): Promise<Mounted> {
  const mounted = await mountActive(attributes);
  mounted.call().plugged = {
    microphones: [device('audioinput', 'desk'), device('audioinput', 'ear')],
    speakers: [device('audiooutput', 'loud')],
    microphoneId: 'desk',
    speakerId: null,
  };
  return mounted;
}

function part({ element }: Mounted, name: string): HTMLElement {
  return element.shadowRoot!.querySelector<HTMLElement>(`[part~=${name}]`)!;
}

/** What has the focus, by its part, and its value where it has one. */
function focus({ element }: Mounted): string {
  const one = element.shadowRoot!.activeElement;
  if (!one) return '';
  const name = one.getAttribute('part') ?? one.className;
  const { value = '', type = '' } = one as HTMLInputElement;
  return type === 'radio' ? `mark ${value}` : [name, value].filter(Boolean).join(' ');
}

/** Presses keys, one after the other; what has the focus after each. */
async function press(mounted: Mounted, ...keys: string[]): Promise<string[]> {
  const after: string[] = [];
  for (const key of keys) {
    const [last = '', shift] = key.split('+').reverse();
    if (shift) await sendKeys({ down: shift });
    await sendKeys({ press: last });
    if (shift) await sendKeys({ up: shift });
    await new Promise((resolve) => setTimeout(resolve));
    await mounted.drawn();
    after.push(focus(mounted));
  }
  return after;
}

describe('by keyboard alone', () => {
  afterEach(unmountAll);

  it('Tab goes once through what a call has, and ends at hanging up', async () => {
    const mounted = await inCall({ languages: 'en de' });
    part(mounted, 'language-menu').focus();
    expect(await press(mounted, 'Tab', 'Tab', 'Tab', 'Tab', 'Tab', 'Tab')).toEqual([
      'transcript',
      'text-input',
      'send',
      'devices-button',
      'mute',
      'hang-up',
    ]);
    expect(mounted.call().asked).toEqual(['start']);
  });

  it('the menu of the devices opens, is gone through by arrows, and closes by Escape to its button', async () => {
    for (const mode of ['card', 'dialog']) {
      const mounted = await inCall({ mode });
      part(mounted, 'devices-button').focus();
      expect(await press(mounted, 'Enter')).toEqual(['microphone desk']);
      await waitFor(() => part(mounted, 'microphone').children.length === 2, { everyMs: 5 });
      expect(await press(mounted, 'ArrowDown', 'Home', 'End')).toEqual([
        'microphone ear',
        'microphone desk',
        'microphone ear',
      ]);
      expect(await press(mounted, 'Tab', 'Tab', 'ArrowLeft', 'Home', 'End')).toEqual([
        'speaker loud',
        'volume 1',
        'volume 0.95',
        'volume 0',
        'volume 1',
      ]);
      expect(await press(mounted, 'Escape')).toEqual(['devices-button']);
      expect(mounted.element.shadowRoot!.querySelector('[part=devices]')).toBe(null);
      // The dialog around it is still there.
      expect(Boolean(mounted.element.shadowRoot!.querySelector('dialog:modal'))).toBe(
        mode === 'dialog',
      );
      expect(mounted.element.state.status).toBe('active');
      unmountAll();
    }
  });

  it('the list of languages is one stop, and its arrows choose', async () => {
    const mounted = await inCall({ languages: 'en sv' });
    part(mounted, 'language-menu').focus();
    expect(await press(mounted, 'ArrowDown')).toEqual(['language-menu sv']);
    expect(mounted.element.lang).toBe('sv');
    expect(await press(mounted, 'Home')).toEqual(['language-menu en']);
  });

  it('the marks of a rating are one stop, and its arrows choose', async () => {
    for (const [rating, second, third] of [
      ['stars', 'mark 2', 'mark 3'],
      ['thumbs', 'mark 5', 'mark 1'],
    ] as const) {
      const mounted = await inCall({ rating });
      mounted.call().over('agent_disconnected');
      await mounted.drawn();
      part(mounted, 'ended').focus();
      expect(await press(mounted, 'Tab', 'ArrowRight', 'ArrowRight', 'Tab', 'Tab')).toEqual([
        'mark 1',
        second,
        third,
        'comment',
        'send-rating',
      ]);
      expect(await press(mounted, 'Shift+Tab', 'Shift+Tab', 'ArrowLeft')).toEqual([
        'comment',
        third,
        second,
      ]);
      part(mounted, 'send-rating').focus();
      expect(await press(mounted, 'Enter')).toEqual(['thanks']);
      expect(mounted.call().asked.at(-1)).toBe(`rate ${second.at(-1)}`);
      unmountAll();
    }
  });

  it('the focus stays in the call when what had it is gone, and in its end', async () => {
    for (const [held, next] of [
      ['enable-sound', (call: FakeCall) => call.blockAudio(false)],
      ['devices-button', (call: FakeCall) => call.ending()],
      ['text-input', (call: FakeCall) => call.ending()],
    ] as const) {
      for (const mode of ['card', 'dialog']) {
        const mounted = await inCall({ mode });
        mounted.call().blockAudio(true);
        await mounted.drawn();
        part(mounted, held).focus();
        next(mounted.call());
        await mounted.drawn();
        expect([held, focus(mounted)]).toEqual([held, 'stage-text']);
        mounted.call().over('agent_disconnected');
        await mounted.drawn();
        expect([held, focus(mounted)]).toEqual([held, 'ended']);
        unmountAll();
      }
    }
  });

  it('the focus of somebody who types goes to no button that calls again, and may stay on the one that sends', async () => {
    const mounted = await inCall();
    part(mounted, 'text-input').focus();
    await sendKeys({ type: 'Is my bicycle' });
    mounted.call().ending();
    await mounted.drawn();
    mounted.call().fail('connection_lost');
    await mounted.drawn();
    expect(focus(mounted)).toBe('text-input Is my bicycle');
    // Nothing is sent where there is no call.
    await press(mounted, 'Tab', 'Enter');
    expect(mounted.call().asked.some((word) => word.startsWith('sendText'))).toBe(false);
    expect(focus(mounted)).toBe('send');
    unmountAll();

    const lost = await inCall();
    lost.call().reconnect();
    await lost.drawn();
    part(lost, 'text-input').focus();
    expect(await press(lost, 'Tab')).toEqual(['send']);
  });

  it('a second Enter neither gives up, nor hangs up, nor calls again', async () => {
    const mounted = await mount();
    const { element, call, drawn } = mounted;
    part(mounted, 'call-button').focus();
    await press(mounted, 'Enter', 'Enter');
    expect([element.state.status, focus(mounted)]).toEqual(['starting', 'stage-text']);
    call().agent('listening');
    await drawn();
    await press(mounted, 'Enter', 'Space');
    expect(call().asked.filter((word) => word !== 'warmUp')).toEqual(['start']);
    part(mounted, 'hang-up').focus();
    expect(await press(mounted, 'Enter', 'Enter')).toEqual(['ended', 'ended']);
    expect(call().asked.filter((word) => word !== 'warmUp')).toEqual(['start', 'end']);
  });
});
