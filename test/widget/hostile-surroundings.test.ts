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
  ['placement', [null, undefined, '', 'middle', {}, 5], 'inline'],
  ['theme', [null, undefined, '', 'blue', {}, 5], 'auto'],
  ['lang', [null, undefined, {}, true], ''],
  ['transcript', [null, undefined, '', 'maybe', {}], 'show'],
  ['texts', [null, undefined, '', 'words', 5, true], {}],
];

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
};

const INHERITED = Object.keys(HOSTILE);

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

/** How the words inside look and how large the card is. */
function look(element: DialNexaCallElement): unknown {
  const root = element.shadowRoot!;
  const words = ['.state', '.turn', '.hang-up', 'input'].map((one) => {
    const style = getComputedStyle(root.querySelector(one)!);
    return INHERITED.map((name) => `${name}: ${style.getPropertyValue(name)}`);
  });
  const { offsetWidth: width, offsetHeight: height } = root.querySelector<HTMLElement>('.card')!;
  return { words, width, height };
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
  it('do not reach the inside, by inheritance or by a rule for everything', async () => {
    const plain = look((await busyCall()).element);
    unmountAll();
    const rules = Object.entries(HOSTILE).map(([name, value]) => `${name}: ${value} !important`);
    document.adoptedStyleSheets = [sheet(`* { ${rules.join('; ')} }`)];
    const { element } = await busyCall();
    expect(getComputedStyle(element).letterSpacing).toBe('9px');
    expect(look(element)).toEqual(plain);
  });

  it('do not reach the inside of a floating element', async () => {
    const plain = look((await busyCall({ placement: 'bottom-right' })).element);
    unmountAll();
    document.adoptedStyleSheets = [
      sheet('body { white-space: pre; line-height: 4; font: 40px serif }'),
    ];
    expect(look((await busyCall({ placement: 'bottom-right' })).element)).toEqual(plain);
  });

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
    const frame = Object.assign(document.createElement('iframe'), { width: '800' });
    document.body.append(frame);
    const inner = frame.contentDocument!;
    inner.body.append(element);
    await drawn();
    expect(element.ownerDocument).toBe(inner);
    expect(look(element)).toEqual(plain);
    element.placement = 'bottom-right';
    await drawn();
    expect(getComputedStyle(element).position).toBe('fixed');
    element.placement = 'inline';
    call().agent('thinking');
    await drawn();
    expect(text(element)).toContain('Thinking');
    document.body.append(element);
    await drawn();
    call().agent('listening');
    await drawn();
    expect(look(element)).toEqual(plain);
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
