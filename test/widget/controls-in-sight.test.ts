/** The buttons of a call stay where a visitor sees them, whatever the window and whatever else is on the card. */
import type { AudioDevices } from '../../sdk/index.js';
import type { DialNexaCallElement } from '../../widget/index.js';
import { afterEach, beforeEach, describe, expect, it } from './expect.js';
import { button, faults, mountActiveIn, settle, unmountAll, type Mounted } from './mount.js';

function device(kind: MediaDeviceKind, deviceId: string): MediaDeviceInfo {
  return { kind, deviceId, label: deviceId, groupId: '', toJSON: () => '' };
}

const PLUGGED: AudioDevices = {
  microphones: [device('audioinput', 'Desk microphone')],
  speakers: [device('audiooutput', 'Loudspeaker')],
  microphoneId: 'Desk microphone',
  speakerId: null,
};

/** Which of the buttons of the call cannot be pressed where they are, from edge to edge. */
function outOfSight(element: DialNexaCallElement): string[] {
  settle(element);
  const root = element.shadowRoot!;
  return [/^mute$/i, /hang up/i].flatMap((name) => {
    const one = button(element, name);
    const { left, width, top, bottom } = one.getBoundingClientRect();
    const middle = left + width / 2;
    const isSeen = [top + 2, bottom - 2].every((y) =>
      one.contains(root.elementFromPoint(middle, y)),
    );
    return isSeen ? [] : [`${one.textContent.trim()} at ${top}…${bottom}`];
  });
}

/** A conversation, the menu of the devices, and all that may need attention at once. */
async function fill({ element, call, drawn }: Mounted): Promise<void> {
  for (let turn = 0; turn < 9; turn += 1) {
    call().says(turn % 2 ? 'user' : 'agent', 'What is said fills the transcript with its lines.');
  }
  await drawn();
  call().plugged = PLUGGED;
  button(element, /microphone and sound/i).click();
  await new Promise((resolve) => setTimeout(resolve));
  await drawn();
}

const WINDOWS: [width: number, height: number][] = [
  [640, 360],
  [360, 640],
  [900, 720],
];
const LOOKS: Record<string, string>[] = [
  {},
  { mode: 'dialog' },
  { size: 'sheet' },
  { placement: 'bottom-right' },
  { placement: 'top-left', transcript: 'hide' },
];

const { warn } = console;

describe('the buttons of a call', () => {
  beforeEach(() => {
    console.warn = () => {};
  });
  afterEach(() => {
    console.warn = warn;
    unmountAll();
  });

  for (const [width, height] of WINDOWS) {
    for (const look of LOOKS) {
      it(`are in sight at ${width} × ${height}: ${JSON.stringify(look)}`, async () => {
        const mounted = await mountActiveIn(width, height, { theme: 'light', ...look });
        const { element, call, drawn } = mounted;
        expect(outOfSight(element)).toEqual([]);
        await fill(mounted);
        expect(outOfSight(element)).toEqual([]);
        const chosen = element.shadowRoot!.activeElement!;
        expect(chosen.getAttribute('part')).toBe('microphone');
        const { left, bottom } = chosen.getBoundingClientRect();
        expect(element.shadowRoot!.elementFromPoint(left + 9, bottom - 4)).toBe(chosen);
        call().blockAudio(true);
        call().trouble('microphone_lost');
        await drawn();
        expect(outOfSight(element)).toEqual([]);
        expect(await faults(element)).toEqual([]);
      });
    }
  }

  it('are in sight while any larger piece of their card is, in a page that scrolls', async () => {
    const mounted = await mountActiveIn(900, 720, { theme: 'light' });
    const { element } = mounted;
    const view = element.ownerDocument.defaultView!;
    for (const place of ['beforebegin', 'afterend'] as const) {
      const rest = element.ownerDocument.createElement('div');
      rest.style.height = '1500px';
      element.insertAdjacentElement(place, rest);
    }
    await fill(mounted);
    const card = element.shadowRoot!.querySelector('.card')!;
    for (const top of [500, 300, 0]) {
      view.scrollBy(0, card.getBoundingClientRect().top - top);
      expect(Math.round(card.getBoundingClientRect().top)).toBe(top);
      expect(outOfSight(element)).toEqual([]);
    }
  });

  it('leave the focus to what no key can press by accident, in every mode with a card', async () => {
    for (const look of [...LOOKS, { size: 'compact' }] as Record<string, string>[]) {
      const { element, call } = await mountActiveIn(900, 720, look);
      const focus = element.shadowRoot!.activeElement as HTMLElement;
      expect([focus.innerText.split('\n')[0], focus.tabIndex]).toEqual(['Listening', -1]);
      expect(focus.matches('button, input, select, a')).toBe(false);
      expect(call().asked).toEqual(['start']);
      unmountAll();
    }
  });

  for (const attributes of [{}, { placement: 'bottom-right' }, { mode: 'dialog' }] as Record<
    string,
    string
  >[]) {
    it(`leave the text box in sight in a very low window, ${JSON.stringify(attributes)}`, async () => {
      const { element } = await mountActiveIn(640, 300, attributes);
      const rect = (part: string): DOMRect =>
        element.shadowRoot!.querySelector(`[part=${part}]`)!.getBoundingClientRect();
      settle(element);
      const [box, controls] = [rect('text-box'), rect('controls')];
      expect(box.top >= 0).toBe(true);
      expect(Math.max(0, Math.round(box.bottom - controls.top))).toBe(0);
      expect(controls.bottom <= 300.5).toBe(true);
    });
  }

  it('do not take the focus when a dialog that was put away is opened again', async () => {
    const { element, drawn } = await mountActiveIn(900, 720, { mode: 'dialog' });
    button(element, /minimise/i).click();
    await drawn();
    expect(element.shadowRoot!.activeElement).toBe(button(element, /open the call/i));
    button(element, /open the call/i).click();
    await drawn();
    const focus = element.shadowRoot!.activeElement as HTMLElement;
    expect([focus.innerText, focus.tabIndex]).toEqual(['Listening', -1]);
  });
});
