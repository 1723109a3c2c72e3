/** Whatever a page sets, styles or moves: the element looks and works as anywhere. */
import type { DialNexaCallElement } from '../../widget/index.js';
import { afterEach, describe, expect, it } from './expect.js';
import { button, mount, mountActive, nextEvent, text, unmountAll, type Mounted } from './mount.js';

/** Every property, what a framework may put there, and what the property means then. */
const DEFAULTS: [name: keyof DialNexaCallElement & string, given: unknown[], means: unknown][] = [
  ['label', [null, undefined, {}, () => 1, Symbol('x')], ''],
  ['apiKey', [null, undefined, {}, [], true], ''],
  ['agentId', [null, undefined, {}, false], ''],
  ['agentVersionId', [null, undefined, {}, true], ''],
  ['agentVersionNumber', [null, undefined, ''], null],
  ['serverUrl', [null, undefined, {}, true], ''],
  ['variables', [null, undefined, ''], null],
  ['metadata', [null, undefined, ''], null],
  ['consentText', [null, undefined, {}, true], ''],
  ['consentVersion', [null, undefined, {}, true], ''],
  ['fields', [null, undefined, ''], null],
  ['rating', [null, undefined, '', 'hearts', {}, 5], 'none'],
  ['mode', [null, undefined, '', 'popup', {}, 5], 'card'],
  ['size', [null, undefined, '', 'huge', {}, 5], 'full'],
  ['languages', [null, undefined, {}, true], ''],
  ['placement', [null, undefined, '', 'middle', {}, 5], 'inline'],
  ['theme', [null, undefined, '', 'blue', {}, 5], 'auto'],
  ['lang', [null, undefined, {}, true], ''],
  ['transcript', [null, undefined, '', 'maybe', {}], 'show'],
  ['texts', [null, undefined, '', 'words', 5, true], {}],
];

/** Twice as wide as it is high. */
const PORTRAIT = Object.assign(document.createElement('canvas'), {
  width: 200,
  height: 100,
}).toDataURL();

/** Put on the element by `*`, and on what is around it. */
const HOSTILE: Record<string, string> = {
  'white-space': 'pre',
  'letter-spacing': '9px',
  'word-spacing': '30px',
  'font-family': 'cursive',
  'font-style': 'italic',
  'font-size': '40px',
  'font-weight': '900',
  'font-variant': 'small-caps',
  'line-height': '4',
  'text-transform': 'uppercase',
  'text-indent': '80px',
  'text-align': 'right',
  'text-shadow': '2px 2px red',
  'writing-mode': 'vertical-rl',
  'word-break': 'break-all',
  cursor: 'wait',
  color: 'rgb(255, 0, 0)',
  '-webkit-text-fill-color': 'rgb(255, 0, 0)',
  '-webkit-text-stroke': '2px red',
  'text-decoration': 'underline wavy red',
  'pointer-events': 'none',
  'user-select': 'none',
  'caret-color': 'transparent',
  'list-style': 'square',
  'tab-size': '20',
  hyphens: 'auto',
  'overflow-wrap': 'normal',
  'border-spacing': '30px',
};

/** What themes and resets have for the tags that the card is made of. */
const THEME = `
  :root { font-size: 40px }
  body { line-height: 3; text-align: right; word-spacing: 9px; text-indent: 3em; font-variant: small-caps;
    white-space: nowrap; cursor: wait; color: red; -webkit-text-fill-color: red; letter-spacing: 3px }
  button, input, select, dialog { text-transform: uppercase !important; padding: 40px !important; border: 9px solid red }
  section, strong, h2, p, form, svg, slot, dialog { display: none !important }
  div, span { float: right; margin: 50px; position: relative; opacity: 0.1 }
  * { --_text: red; --_surface: red; --_accent: red }
`;

afterEach(() => {
  unmountAll();
  document.adoptedStyleSheets = [];
});

async function busyCall(attributes: Record<string, string> = {}): Promise<Mounted> {
  const mounted = await mountActive({ theme: 'light', ...attributes });
  mounted.call().says('agent', 'We are open from nine to six.');
  await mounted.drawn();
  return mounted;
}

/** What moves by itself, depends on the window, or shows the focus. */
const MOVES =
  /^(?:--|animation|transform|perspective-origin|inset|top|left|right|bottom|filter|outline)/;

/** Every computed style of everything inside, and the place and size of each box in the element, a line each. */
function look(element: DialNexaCallElement): string[] {
  const root = element.shadowRoot!.querySelector('.root')!;
  const origin = root.getBoundingClientRect();
  return [root, ...root.querySelectorAll('*')].flatMap((one, index) => {
    const name = `${index} ${one.tagName} ${one.getAttribute('class') ?? ''}`;
    const style = getComputedStyle(one);
    const styles = [...style].filter((property) => !MOVES.test(property));
    const { left, top, width, height } = one.getBoundingClientRect();
    const box = [left - origin.left, top - origin.top, width, height].map(Math.round);
    return [
      one.closest('.orb') || width === 0 ? name : `${name} is at ${box.join(' ')}`,
      ...styles.map((property) => `${name} ${property}: ${style.getPropertyValue(property)}`),
    ];
  });
}

/** What looks otherwise than it did. */
function changes(element: DialNexaCallElement, plain: readonly string[]): string[] {
  const known = new Set(plain);
  return look(element).filter((line) => !known.has(line));
}

function sheet(rules: string): CSSStyleSheet {
  const made = new CSSStyleSheet();
  made.replaceSync(rules);
  return made;
}

describe('a property', () => {
  for (const [name, all, means] of DEFAULTS) {
    it(`${name} takes what is nothing for its default`, async () => {
      const { error } = console;
      console.error = () => {};
      const { element, drawn } = await mount();
      for (const given of all) {
        Object.assign(element, { [name]: given });
        await drawn();
        expect(element[name]).toEqual(means);
        expect(text(element).length > 0).toBe(true);
      }
      await new Promise((resolve) => setTimeout(resolve, 5));
      console.error = error;
    });
  }

  it('callFactory takes what is no function for its default', async () => {
    const { element, calls, drawn } = await mount();
    for (const given of [null, undefined, {}, 'call']) {
      element.callFactory = given as never;
      await drawn();
      expect(element.callFactory === null).toBe(true);
      // A call of the SDK was made, and none of the fake's.
      expect(button(element, /talk to us/i).disabled).toBe(false);
      expect(calls.length).toBe(1);
    }
  });

  it('agentVersionNumber of no number calls no other version instead', async () => {
    const { error } = console;
    console.error = () => {};
    const { element, drawn } = await mount();
    element.callFactory = null;
    element.agentVersionNumber = 'newest' as never;
    await drawn();
    expect(text(element)).toContain('must be a whole number');
    await nextEvent(element, 'dialnexa-error');
    console.error = error;
  });

  it('draws on, whatever texts it is given', async () => {
    const circle: Record<string, unknown> = { call: 'Ring' };
    circle['agentStates'] = circle;
    const throws = (): never => {
      throw new Error('a trap of the page');
    };
    const trap = Object.defineProperty({}, 'call', { get: throws, enumerable: true });
    const odd = [circle, trap, [trap], new Proxy({}, { get: throws, ownKeys: throws }), 7, 'x'];
    const { element, drawn } = await mount();
    for (const texts of [...odd, null]) {
      element.texts = texts as never;
      await drawn();
      expect(button(element, /talk to us/i).disabled).toBe(false);
    }
    element.texts = { call: 'Ring the bell' };
    await drawn();
    expect(button(element, /ring the bell/i).disabled).toBe(false);
  });

  it('texts keeps the words of the language where a page gives none', async () => {
    const { element, call, drawn } = await mount();
    const nothing = { call: null, hangUp: 5, stages: null, errors: { agent_failed: null } };
    element.texts = { ...nothing, agentStates: { listening: null, thinking: 'Hm' } } as never;
    await drawn();
    button(element, /talk to us/i).click();
    await drawn();
    expect(text(element)).toContain('Please allow the microphone');
    call().agent('listening');
    await drawn();
    expect(text(element)).toContain('Listening');
    expect(button(element, /hang up/i).disabled).toBe(false);
    call().agent('thinking');
    await drawn();
    expect(text(element)).toContain('Hm');
  });

  it('variables and metadata take JSON as frameworks set it, and objects', async () => {
    const { element, call, drawn } = await mount();
    element.variables = '{"a":1}' as never;
    element.metadata = '{"plan":"pro"}' as never;
    await drawn();
    expect(call().options.variables).toEqual({ a: 1 });
    expect(call().options.metadata).toEqual({ plan: 'pro' });
    element.variables = { a: 2 };
    await drawn();
    expect(call().options.variables).toEqual({ a: 2 });
  });
});

describe('the attributes of the element', () => {
  it('are those that the page wrote, before and after its properties are set', async () => {
    const { element, drawn } = await mount();
    const names = element.getAttributeNames().join(' ');
    Object.assign(element, { placement: 'top-left', theme: 'dark', lang: 'de', label: 'Hallo' });
    await drawn();
    expect(element.getAttributeNames().join(' ')).toBe(names);
    expect(getComputedStyle(element).position).toBe('fixed');
    expect(getComputedStyle(element).left).toBe('20px');
    expect(getComputedStyle(button(element, /hallo/i)).color).toBe('rgb(6, 32, 29)');
    element.placement = 'inline';
    await drawn();
    expect(getComputedStyle(element).position).toBe('static');
  });
});

describe('the styles of a page', () => {
  const rules = Object.entries(HOSTILE).map(([name, value]) => `${name}: ${value} !important`);
  for (const [what, show] of Object.entries({ button: mount, card: busyCall })) {
    for (const [how, css] of Object.entries({
      'by inheritance or by a rule for everything': `* { ${rules.join('; ')} }`,
      'by a theme': THEME,
    })) {
      it(`do not reach the inside of the ${what}, ${how}`, async () => {
        const plain = look((await show({ theme: 'light' })).element);
        unmountAll();
        document.adoptedStyleSheets = [sheet(css)];
        const { element } = await show({ theme: 'light' });
        expect(getComputedStyle(element).letterSpacing).not.toBe('normal');
        expect(changes(element, plain)).toEqual([]);
        expect(look(element).length).toBe(plain.length);
      });
    }
  }

  it('do not reach the inside of a floating element', async () => {
    const plain = look((await busyCall({ placement: 'bottom-right' })).element);
    unmountAll();
    document.adoptedStyleSheets = [
      sheet('body { white-space: pre; line-height: 4; font: 40px serif }'),
    ];
    expect(changes((await busyCall({ placement: 'bottom-right' })).element, plain)).toEqual([]);
  });

  for (const size of ['full', 'compact']) {
    it(`do not change the size of a picture of the agent: ${size}`, async () => {
      const sheet = document.createElement('style');
      sheet.textContent =
        'img { max-width: 50%; height: auto !important; margin: 20px; border-radius: 0 }';
      document.body.append(sheet);
      const { element, drawn } = await mount({ size });
      element.innerHTML = `<img slot="avatar" alt="" src="${PORTRAIT}">`;
      button(element, /talk to us/i).click();
      await drawn();
      const picture = element.querySelector('img')!;
      const { width, height } = picture.getBoundingClientRect();
      const orb = element.shadowRoot!.querySelector('[part=orb]')!.getBoundingClientRect();
      expect(Math.round(width)).toBe(Math.round(height));
      expect(Math.round(orb.width - width)).toBe(size === 'full' ? 18 : 14);
      expect(getComputedStyle(picture).objectFit).toBe('cover');
      // What it takes the place of is not drawn as well.
      expect(element.shadowRoot!.querySelector<HTMLElement>('[part=orb] b')!.offsetWidth).toBe(0);
    });
  }

  it('still decide about the direction of writing, and hide what is in a hidden place', async () => {
    document.adoptedStyleSheets = [sheet('body { direction: rtl; visibility: hidden }')];
    const { element } = await busyCall();
    const { direction, visibility } = getComputedStyle(button(element, /hang up/i));
    expect([direction, visibility]).toEqual(['rtl', 'hidden']);
  });
});

describe('an element that is moved into another document', () => {
  it('keeps its call and its styles there, and on the way back', async () => {
    const { element, call, drawn } = await busyCall();
    const plain = look(element);
    const frame = document.createElement('iframe');
    Object.assign(frame, { width: '800', height: String(innerHeight) });
    document.body.append(frame);
    const inner = frame.contentDocument!;
    inner.body.append(element);
    await drawn();
    expect(element.ownerDocument).toBe(inner);
    expect(changes(element, plain)).toEqual([]);
    element.placement = 'bottom-right';
    await drawn();
    expect(getComputedStyle(element).position).toBe('fixed');
    element.placement = 'inline';
    call().agent('thinking');
    await drawn();
    expect(text(element)).toContain('Thinking');
    document.body.prepend(element);
    await drawn();
    call().agent('listening');
    await drawn();
    expect(changes(element, plain)).toEqual([]);
    expect(call().asked).toEqual(['start']);
  });

  it('speaks the language of that document', async () => {
    const { element, drawn } = await mount();
    const frame = document.createElement('iframe');
    document.body.append(frame);
    const inner = frame.contentDocument!;
    inner.documentElement.lang = 'de_DE';
    const holder = inner.createElement('div');
    inner.body.append(holder);
    holder.attachShadow({ mode: 'open' }).append(element);
    element.requestUpdate();
    await drawn();
    expect(button(element, /mit uns sprechen/i).disabled).toBe(false);
  });
});
