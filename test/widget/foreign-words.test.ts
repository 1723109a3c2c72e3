/** Words of the page, the system and the agent in a card that is written the other way. */
import type { DialNexaCallElement } from '../../widget/index.js';
import { loadTexts } from '../../widget/texts/languages.js';
import { afterEach, beforeEach, describe, expect, it } from './expect.js';
import { faults, findButton, mount, unmountAll, type Mounted } from './mount.js';

const FIELDS = [
  { name: 'a', label: 'What is it about?', type: 'text' },
  { name: 'b', label: 'Your e-mail?', type: 'email' },
  { name: 'c', label: 'Your phone (home)?', type: 'tel' },
  { name: 'd', label: 'How old?', type: 'number' },
  { name: 'e', label: 'Which part?', type: 'select', options: ['Brakes (front)'] },
];

/** In Arabic, with all that a page may say in English. */
async function arabic(attributes: Record<string, string> = {}): Promise<Mounted> {
  return mount({ lang: 'ar', theme: 'light', ...attributes });
}

async function press({ element, drawn }: Mounted): Promise<void> {
  findButton(element, /./)!.click();
  await drawn();
}

/** Where the question mark of English words stands: left or right of their first letter. */
function sideOfMark(holder: Element): string {
  const walker = document.createTreeWalker(holder, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const words = node.textContent ?? '';
    const at = words.indexOf('?');
    const first = words.search(/[a-z]/i);
    if (at < 0 || first < 0) continue;
    return leftOf(node, at) > leftOf(node, first) ? 'right' : 'left';
  }
  throw new Error(`no question is written in ${holder.outerHTML}`);
}

function leftOf(node: Node, at: number): number {
  const range = document.createRange();
  range.setStart(node, at);
  range.setEnd(node, at + 1);
  return range.getBoundingClientRect().left;
}

function all(element: DialNexaCallElement, selector: string): HTMLElement[] {
  return [...element.shadowRoot!.querySelectorAll<HTMLElement>(selector)];
}

describe('English words in an Arabic card', () => {
  beforeEach(async () => void (await loadTexts('ar')));
  afterEach(unmountAll);

  it('keep their question marks: on the button, above a field, in consent, in the transcript', async () => {
    const mounted = await arabic({
      label: 'Any questions?',
      fields: JSON.stringify(FIELDS),
      'consent-text': 'It is recorded (for training). Do you agree?',
    });
    const { element, call, drawn } = mounted;
    expect(all(element, 'button').map(sideOfMark)).toEqual(['right']);
    await press(mounted);
    const words = [...all(element, '.field label'), ...all(element, '.consent-text')];
    expect(words.map(sideOfMark)).toEqual(words.map(() => 'right'));
    expect(
      all(element, 'option')
        .slice(-1)
        .map((one) => one.matches(':dir(ltr)')),
    ).toEqual([true]);
    expect(await faults(element)).toEqual([]);
    all(element, 'button').at(-1)!.click();
    await drawn();
    call().agent('listening');
    call().says('agent', 'How are you?');
    call().says('user', 'Who?', { final: false });
    await drawn();
    expect(all(element, '.turn').map(sideOfMark)).toEqual(['right', 'right']);
    call().says('agent', 'كيف حالك؟');
    await drawn();
    expect(all(element, '.turn bdi').map((one) => getComputedStyle(one).direction)).toContain(
      'rtl',
    );
  });

  it('stand on one side in all fields, whatever is written into them', async () => {
    const mounted = await arabic({ fields: JSON.stringify(FIELDS) });
    const { element } = mounted;
    await press(mounted);
    const inputs = all(element, '.field input') as HTMLInputElement[];
    expect(inputs.map(({ type }) => type).join()).toBe('text,email,tel,number');
    for (const value of ['', '7', 'ann@example.com', 'مرحبا']) {
      for (const input of inputs) input.value = value;
      const sides = inputs.map((input) => {
        const { direction, textAlign } = getComputedStyle(input);
        return textAlign === 'start' ? (direction === 'rtl' ? 'right' : 'left') : textAlign;
      });
      expect(new Set(sides.map((side) => side.replace('-webkit-', ''))).size).toBe(1);
    }
    expect(inputs.slice(1).map((input) => getComputedStyle(input).direction)).toEqual([
      'ltr',
      'ltr',
      'ltr',
    ]);
  });

  it('do not draw the time of a call in one line away from what the agent is doing', async () => {
    const mounted = await arabic({ size: 'compact' });
    const { element, call, drawn } = mounted;
    await press(mounted);
    call().agent('listening', Date.now() - 65_000);
    await drawn();
    const right = (part: string): number => {
      const range = document.createRange();
      range.selectNodeContents(element.shadowRoot!.querySelector(`[part=${part}]`)!);
      return Math.round(range.getBoundingClientRect().right);
    };
    expect(Math.abs(right('timer') - right('agent-state')) <= 2).toBe(true);
  });
});

describe('the language of the consent that was asked', () => {
  afterEach(unmountAll);

  async function receipt(
    attributes: Record<string, string>,
    choose?: string,
  ): Promise<string | undefined> {
    const mounted = await mount({ 'consent-text': 'It is recorded.', ...attributes });
    const { element, calls, drawn } = mounted;
    await press(mounted);
    if (choose) {
      const list = element.shadowRoot!.querySelector<HTMLSelectElement>('[part=language-menu]')!;
      list.value = choose;
      list.dispatchEvent(new Event('change'));
      await loadTexts(choose);
      await drawn();
    }
    const { lang } = element.shadowRoot!.querySelector<HTMLElement>('.consent-text')!;
    all(element, '[part=agree]')[0]!.click();
    await drawn();
    const { consent, locale } = calls.at(-1)!.options;
    if (choose) expect(locale).toBe(choose);
    expect(consent?.locale ?? '').toBe(lang);
    return consent?.locale;
  }

  it('is that of the page whose text it is, not the one that a visitor chooses from the menu', async () => {
    expect(await receipt({ lang: 'en-GB', languages: 'en ar' }, 'ar')).toBe('en-GB');
    unmountAll();
    expect(await receipt({ lang: 'de' })).toBe('de');
  });

  it('is that of the page around it, or left out where none is named', async () => {
    const { lang } = document.documentElement;
    try {
      document.documentElement.lang = 'nl';
      expect(await receipt({ languages: 'en ar' }, 'ar')).toBe('nl');
      unmountAll();
      document.documentElement.removeAttribute('lang');
      expect(await receipt({})).toBe(undefined);
    } finally {
      document.documentElement.lang = lang;
    }
  });
});
