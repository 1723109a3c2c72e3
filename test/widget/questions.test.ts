/** What visitors are asked before a call: the form of the page and their consent, and what goes with the call. */
import type { CallField, DialNexaCallElement } from '../../widget/index.js';
import { afterEach, describe, expect, it } from './expect.js';
import {
  button,
  byRole,
  clean,
  faults,
  findButton,
  focused,
  mount,
  text,
  unmountAll,
} from './mount.js';

const FIELDS: CallField[] = [
  { name: 'name', label: 'Your name', required: true },
  { name: 'email', label: 'Your e-mail', type: 'email', required: true },
  { name: 'phone', label: 'Your phone', type: 'tel' },
  { name: 'age', label: 'Age of the bicycle', type: 'number' },
  {
    name: 'what',
    label: 'What is it about?',
    type: 'select',
    options: ['Brakes', 'Gears'],
    required: true,
  },
];
/** Of `This call is recorded.`, as `sha256sum` prints it. */
const SHA256 = '8b0b85a94ff81da286bf600a0e4f94372085b4983e6a0f07f4d348a816aeff80';

function controls(element: DialNexaCallElement): (HTMLInputElement | HTMLSelectElement)[] {
  return [...element.shadowRoot!.querySelectorAll<HTMLInputElement>('[part=field-input]')];
}

/** As a visitor does, field by field. */
function fill(element: DialNexaCallElement, values: string[]): void {
  for (const [at, control] of controls(element).entries()) {
    control.value = values[at] ?? '';
    control.dispatchEvent(new InputEvent('input', { bubbles: true }));
    control.dispatchEvent(new Event('change', { bubbles: true }));
  }
}

function wrong(element: DialNexaCallElement): string[] {
  return controls(element)
    .filter((control) => control.ariaInvalid === 'true')
    .map((control) => {
      const id = control.getAttribute('aria-describedby')!;
      const label = clean(control.labels?.[0]?.textContent ?? '');
      return `${label}: ${clean(element.shadowRoot!.getElementById(id)!.textContent ?? '')}`;
    });
}

describe('the form before a call', () => {
  afterEach(unmountAll);

  it('asks, and its values become variables, over those of the page', async () => {
    const { element, calls, drawn } = await mount({
      fields: JSON.stringify(FIELDS),
      variables: '{"name":"Visitor","shop":"North"}',
    });
    button(element, /talk to us/i).click();
    await drawn();
    expect(focused(element)).toBe('');
    expect(element.shadowRoot!.activeElement?.id).toBe('field-0');
    expect(await faults(element)).toEqual([]);
    fill(element, ['Ann', 'ann@example.com', '', '7.5', 'Gears']);
    button(element, /start the call/i).click();
    await drawn();
    expect(calls.at(-1)!.asked).toContain('start');
    expect(calls.at(-1)!.options.variables).toEqual({
      name: 'Ann',
      shop: 'North',
      email: 'ann@example.com',
      age: 7.5,
      what: 'Gears',
    });
    expect(focused(element)).toBe('Please allow the microphone…');
  });

  it('says in the language of the visitor what is wrong, and goes to the first of it', async () => {
    const { element, calls, drawn } = await mount({ fields: JSON.stringify(FIELDS), lang: 'de' });
    button(element, /mit uns sprechen/i).click();
    await drawn();
    fill(element, ['  ', 'ann', 'call me', '3', '']);
    button(element, /anruf starten/i).click();
    await drawn();
    await drawn();
    expect(wrong(element)).toEqual([
      'Your name: Bitte füllen Sie dieses Feld aus.',
      'Your e-mail: Bitte geben Sie eine ganze Adresse an, z. B. name@example.com.',
      'Your phone (freiwillig): Bitte geben Sie eine Telefonnummer an, z. B. +49 30 901820.',
      'What is it about?: Bitte füllen Sie dieses Feld aus.',
    ]);
    expect(element.shadowRoot!.activeElement?.id).toBe('field-0');
    expect(await faults(element)).toEqual([]);
    fill(element, ['Ann', 'ann@example.com', '+49 (30) 90-18/20', '3', 'Brakes']);
    await drawn();
    expect(wrong(element)).toEqual([]);
    button(element, /anruf starten/i).click();
    await drawn();
    expect(calls.at(-1)!.options.variables?.['phone']).toBe('+49 (30) 90-18/20');
  });

  it('brings what is wrong into sight with its label', async () => {
    const label = 'Your whole name, as it stands on the bill '.repeat(4);
    const more = FIELDS.flatMap((field) =>
      [1, 2].map((n) => ({ ...field, name: `${field.name}${n}` })),
    );
    const fields = [{ name: 'name', label, required: true }, ...more.slice(0, 9)];
    const { element, drawn } = await mount({ fields: JSON.stringify(fields) });
    button(element, /talk to us/i).click();
    await drawn();
    const start = button(element, /start the call/i);
    start.scrollIntoView();
    const [first] = controls(element);
    const top = () => first!.labels![0]!.getBoundingClientRect().top;
    expect(top() < 0).toBe(true);
    start.click();
    await drawn();
    await drawn();
    expect(element.shadowRoot!.activeElement).toBe(first!);
    expect(top() >= 0).toBe(true);
  });

  it('keeps nothing: the next caller starts anew, whoever tries again does not', async () => {
    const { element, call, calls, drawn } = await mount({
      fields: JSON.stringify(FIELDS.slice(0, 1)),
    });
    const begin = async (): Promise<void> => {
      fill(element, ['Ann']);
      button(element, /start the call/i).click();
      await drawn();
    };
    button(element, /talk to us/i).click();
    await drawn();
    await begin();
    call().fail('connection_failed');
    await drawn();
    button(element, /try again/i).click();
    await drawn();
    expect(text(element)).toContain('Please allow the microphone');
    expect(call().options.variables).toEqual({ name: 'Ann' });
    call().agent('listening');
    call().over('user_disconnected');
    await drawn();
    button(element, /call again/i).click();
    await drawn();
    expect(controls(element).map(({ value }) => value)).toEqual(['']);
    button(element, /not now/i).click();
    await drawn();
    button(element, /talk to us/i).click();
    await drawn();
    expect(controls(element).map(({ value }) => value)).toEqual(['']);
    expect(calls.at(-1)!.asked.filter((word) => word === 'start').length).toBe(2);
    expect(Object.keys(localStorage).length + Object.keys(sessionStorage).length).toBe(0);
  });

  it('takes the names of fields as they are, also those of the form itself', async () => {
    const odd = ['submit', 'elements', '__proto__', '"><b>'];
    const { element, call, drawn } = await mount();
    element.fields = odd.map((name) => ({ name, label: name }));
    await drawn();
    button(element, /talk to us/i).click();
    await drawn();
    fill(element, ['1', '2', '3', '4']);
    button(element, /start the call/i).click();
    await drawn();
    expect(Object.entries(call().options.variables ?? {})).toEqual(
      odd.map((name, at) => [name, String(at + 1)]),
    );
    expect(element.shadowRoot!.querySelector('b:not(.orb b)')).toBe(null);
  });

  for (const [why, fields, message] of [
    ['is no array', '{"name":"a"}', 'fields must be an array of at most 10'],
    [
      'is too long',
      JSON.stringify(Array.from({ length: 11 }, (_, at) => ({ name: `${at}`, label: 'x' }))),
      'fields must be an array of at most 10',
    ],
    ['has a field without a label', '[{"name":"a"}]', 'fields[0] needs a label'],
    [
      'has an unknown type',
      '[{"name":"a","label":"A","type":"date"}]',
      'fields[0] has no such type',
    ],
    [
      'has a list with nothing in it',
      '[{"name":"a","label":"A","type":"select","options":[]}]',
      'fields[0] needs options',
    ],
    [
      'has a name twice',
      '[{"name":"a","label":"A"},{"name":"a","label":"B"}]',
      'fields[1] has the name of another one',
    ],
    [
      'has a member that there is not',
      '[{"name":"a","label":"A","pattern":"x"}]',
      'fields[0] has no member pattern',
    ],
  ] as const) {
    it(`tells the developer that it ${why}`, async () => {
      const { error } = console;
      console.error = () => {};
      const { element } = await mount({ fields });
      expect(clean(byRole(element, 'note')!.textContent ?? '')).toContain(message);
      await new Promise((resolve) => setTimeout(resolve));
      console.error = error;
    });
  }
});

describe('the receipt of a consent', () => {
  afterEach(unmountAll);

  it('goes with the call: text, its hash, version, language and time', async () => {
    const { element, calls, drawn } = await mount({
      'consent-text': 'This call is recorded.',
      'consent-version': '2026-11',
      lang: 'de-AT',
    });
    const { digest } = crypto.subtle;
    let hashed: Promise<unknown> = Promise.resolve();
    crypto.subtle.digest = (...all) => {
      const made = digest.apply(crypto.subtle, all);
      hashed = made;
      return made;
    };
    button(element, /mit uns sprechen/i).click();
    await drawn();
    crypto.subtle.digest = digest;
    await hashed;
    await new Promise((resolve) => setTimeout(resolve));
    button(element, /zustimmen/i).click();
    await drawn();
    const { accepted_at, ...receipt } = calls.at(-1)!.options.consent!;
    expect(receipt).toEqual({
      text: 'This call is recorded.',
      version: '2026-11',
      text_sha256: SHA256,
      locale: 'de-AT',
    });
    expect(Math.abs(Date.now() - Date.parse(accepted_at)) < 60_000).toBe(true);
  });

  it('is asked together with the form, and only for the text that was shown', async () => {
    const { element, calls, call, drawn } = await mount({
      'consent-text': 'This call is recorded.',
      fields: '[{"name":"name","label":"Your name","required":true}]',
    });
    button(element, /talk to us/i).click();
    await drawn();
    expect(text(element)).toContain('This call is recorded.');
    button(element, /agree and call/i).click();
    await drawn();
    expect(wrong(element)).toEqual(['Your name: Please fill this in.']);
    expect(await faults(element)).toEqual([]);
    fill(element, ['Ann']);
    button(element, /agree and call/i).click();
    await drawn();
    expect(calls.at(-1)!.options.consent?.text).toBe('This call is recorded.');
    call().agent('listening');
    call().over('user_disconnected');
    element.consentText = 'This call is recorded and sold.';
    await drawn();
    button(element, /call again/i).click();
    await drawn();
    expect(text(element)).toContain('recorded and sold');
    expect(findButton(element, /agree and call/i)).not.toBe(null);
  });
});
