/** Every button can be read in every state of it: at rest, under the mouse, pressed, with the focus, muted, disabled. */
import { executeServerCommand, resetMouse, sendMouse } from '@web/test-runner-commands';
import { contrastOf } from './contrast.js';
import { afterEach, describe, expect, it } from './expect.js';
import { button, mount, mountActive, nameOf, settle, unmountAll, type Mounted } from './mount.js';

type Attributes = Record<string, string>;

/** What has buttons; each is another state of a call. */
const VIEWS: Record<string, (attributes: Attributes) => Promise<Mounted>> = {
  'before a call': (attributes) => mount(attributes),
  'asked before a call': async (attributes) => {
    const mounted = await mount({ 'consent-text': 'Calls are recorded.', ...attributes });
    button(mounted.element, /talk to us/i).click();
    await mounted.drawn();
    return mounted;
  },
  'in a call': async (attributes) => {
    const mounted = await mountActive(attributes);
    mounted.call().blockAudio(true);
    await mounted.drawn();
    return mounted;
  },
  muted,
  'muted while it ends': async (attributes) => {
    const mounted = await muted(attributes);
    mounted.call().ending();
    await mounted.drawn();
    return mounted;
  },
  'after a call': async (attributes) => {
    const mounted = await mountActive(attributes);
    mounted.call().over('agent_disconnected');
    await mounted.drawn();
    return mounted;
  },
  'after a failure': async (attributes) => {
    const mounted = await mountActive(attributes);
    mounted.call().fail('connection_lost');
    await mounted.drawn();
    return mounted;
  },
};

const LOOKS: [string, Attributes, boolean][] = [
  ['light', { theme: 'light' }, false],
  ['dark', { theme: 'dark' }, false],
  ['light, in one line', { theme: 'light', size: 'compact' }, false],
  ['dark, in one line', { theme: 'dark', size: 'compact' }, false],
  ['with the colours of the system', {}, true],
];

async function muted(attributes: Attributes): Promise<Mounted> {
  const mounted = await mountActive(attributes);
  button(mounted.element, /^mute$/i).click();
  await mounted.drawn();
  return mounted;
}

/** What cannot be read of one button, in all that can be done to it. */
async function unreadable(element: HTMLElement, target: HTMLElement): Promise<string[]> {
  const faults: string[] = [];
  const look = (state: string): void => {
    settle(element);
    const contrast = contrastOf(target);
    if (contrast < 4.5) faults.push(`${nameOf(target)} ${state}: ${contrast.toFixed(2)}`);
  };
  look('at rest');
  target.scrollIntoView({ block: 'center' });
  const { left, top, width, height } = target.getBoundingClientRect();
  await sendMouse({
    type: 'move',
    position: [Math.round(left + width / 2), Math.round(top + height / 2)],
  });
  expect(target.matches(':hover')).toBe(true);
  look('under the mouse');
  await sendMouse({ type: 'down' });
  expect(target.matches(':active')).toBe(true);
  look('pressed');
  await sendMouse({ type: 'move', position: [0, 0] });
  await resetMouse();
  target.focus();
  look('with the focus');
  return faults;
}

describe('buttons', () => {
  afterEach(async () => {
    unmountAll();
    await executeServerCommand('force-colors', false);
  });

  for (const [name, attributes, isForced] of LOOKS) {
    for (const [view, show] of Object.entries(VIEWS)) {
      it(`can be read in every state ${view}, ${name}`, async () => {
        if (isForced) await executeServerCommand('force-colors', true);
        expect(matchMedia('(forced-colors: active)').matches).toBe(isForced);
        expect(matchMedia('(hover: hover)').matches).toBe(true);
        const { element } = await show(attributes);
        const buttons = [...element.shadowRoot!.querySelectorAll('button')];
        expect(buttons.length > 0).toBe(true);
        const faults: string[] = [];
        for (const one of buttons) faults.push(...(await unreadable(element, one)));
        expect(faults).toEqual([]);
      });
    }
  }
});
