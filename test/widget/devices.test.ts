/** The menu of microphone, speaker and volume in a call. */
import type { AudioDevices } from '../../sdk/index.js';
import type { DialNexaCallElement } from '../../widget/index.js';
import { afterEach, describe, expect, it } from './expect.js';
import {
  button,
  clean,
  faults,
  findButton,
  focused,
  mount,
  mountActive,
  tooSmall,
  unmountAll,
  type Mounted,
} from './mount.js';

function device(kind: MediaDeviceKind, deviceId: string, label: string): MediaDeviceInfo {
  return { kind, deviceId, label, groupId: '', toJSON: () => '' };
}

const DESK = device('audioinput', 'desk', 'Desk microphone');
const EAR = device('audioinput', 'ear', 'Headset');
const PLUGGED: AudioDevices = {
  microphones: [DESK],
  speakers: [device('audiooutput', 'loud', 'Loudspeaker'), device('audiooutput', 'quiet', '')],
  microphoneId: 'desk',
  speakerId: null,
};

async function opened(): Promise<Mounted> {
  const mounted = await mountActive();
  mounted.call().plugged = PLUGGED;
  button(mounted.element, /microphone and sound/i).click();
  await settled(mounted);
  return mounted;
}

/** The devices are asked for, then drawn. */
async function settled({ drawn }: Mounted): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve));
  await drawn();
}

function lists(element: DialNexaCallElement): string[] {
  return [...element.shadowRoot!.querySelectorAll('select')].map((list) => {
    const names = [...list.options].map(({ label, selected }) => (selected ? `*${label}` : label));
    return `${clean(list.labels[0]!.querySelector('span')!.textContent ?? '')}: ${names.join(', ')}`;
  });
}

function control<T extends HTMLElement>(element: DialNexaCallElement, part: string): T {
  return element.shadowRoot!.querySelector<T>(`[part=${part}]`)!;
}

function menu(element: DialNexaCallElement): Element | null {
  return element.shadowRoot!.querySelector('[part=devices]');
}

function escape(): KeyboardEvent {
  return new KeyboardEvent('keydown', {
    key: 'Escape',
    bubbles: true,
    composed: true,
    cancelable: true,
  });
}

describe('the menu of the devices', () => {
  afterEach(() => {
    document.body.removeAttribute('style');
    unmountAll();
  });

  it('shows what there is and what is in use, and takes the focus', async () => {
    const { element } = await opened();
    expect(lists(element)).toEqual([
      'Microphone: *Desk microphone',
      'Speaker: *Loudspeaker, Speaker 2',
    ]);
    expect(element.shadowRoot!.activeElement).toBe(control(element, 'microphone'));
    expect(button(element, /microphone and sound/i).ariaExpanded).toBe('true');
    expect(await faults(element)).toEqual([]);
  });

  it('uses what is chosen, and shows what is plugged in meanwhile', async () => {
    const mounted = await opened();
    const { element, call } = mounted;
    call().plug({ microphones: [DESK, EAR] });
    await settled(mounted);
    expect(lists(element)[0]).toBe('Microphone: *Desk microphone, Headset');
    const pick = (part: string, value: string, event: string): void => {
      const target = control<HTMLInputElement>(element, part);
      target.value = value;
      target.dispatchEvent(new Event(event, { bubbles: true }));
    };
    pick('microphone', 'ear', 'change');
    pick('speaker', 'quiet', 'change');
    pick('volume', '0.25', 'input');
    await settled(mounted);
    expect(call().asked).toEqual([
      'start',
      'setMicrophone ear',
      'setSpeaker quiet',
      'setVolume 0.25',
    ]);
    expect(lists(element)).toEqual([
      'Microphone: Desk microphone, *Headset',
      'Speaker: Loudspeaker, *Speaker 2',
    ]);
    call().plug({ microphones: [DESK], microphoneId: 'desk' }, 'microphone_changed');
    await settled(mounted);
    expect(lists(element)[0]).toBe('Microphone: *Desk microphone');
    call().over('user_disconnected');
    await mounted.drawn();
    button(element, /call again/i).click();
    await settled(mounted);
    expect(call().options.audio).toEqual({ deviceId: 'ear', speakerId: 'quiet', volume: 0.25 });
  });

  it('closes by Escape, and by its button, and gives the focus back', async () => {
    const mounted = await opened();
    const { element, call } = mounted;
    const heard: Event[] = [];
    const hear = (event: Event): void => void heard.push(event);
    document.addEventListener('keydown', hear);
    control(element, 'microphone').dispatchEvent(escape());
    await settled(mounted);
    document.removeEventListener('keydown', hear);
    expect(heard.length).toBe(0);
    expect(menu(element)).toBe(null);
    expect(focused(element)).toBe('Microphone and sound');
    button(element, /microphone and sound/i).click();
    await settled(mounted);
    button(element, /microphone and sound/i).click();
    await settled(mounted);
    expect(menu(element)).toBe(null);
    expect(call().asked).toEqual(['start']);
  });

  it('has no list of speakers where the browser has no choice', async () => {
    const mounted = await opened();
    const { prototype } = HTMLMediaElement;
    const own = Object.getOwnPropertyDescriptor(prototype, 'setSinkId')!;
    Reflect.deleteProperty(prototype, 'setSinkId');
    mounted.call().plug({});
    Object.defineProperty(prototype, 'setSinkId', own);
    await settled(mounted);
    expect(lists(mounted.element)).toEqual(['Microphone: *Desk microphone']);
  });

  it('is large enough to touch, also in a narrow card', async () => {
    document.body.style.width = '260px';
    const { element } = await opened();
    expect(tooSmall(element)).toEqual([]);
    const card = element.shadowRoot!.querySelector<HTMLElement>('.card')!;
    expect(card.scrollWidth <= card.clientWidth).toBe(true);
  });

  it('is not there before the call and after it', async () => {
    const { element, call, drawn } = await mount();
    button(element, /talk to us/i).click();
    await drawn();
    expect(findButton(element, /microphone and sound/i)).toBe(null);
    call().agent('listening');
    await drawn();
    button(element, /microphone and sound/i).click();
    call().over('user_disconnected');
    await drawn();
    button(element, /call again/i).click();
    call().agent('listening');
    await drawn();
    expect(menu(element)).toBe(null);
  });
});
