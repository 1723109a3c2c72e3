/** In which language the element speaks, and what it tells of it. */
import { chooseTexts } from '../../widget/texts/choose-texts.js';
import { ERROR_TABLE, TEXT_FAULTS, type CallErrorCode, type TextRefusal } from '../../sdk/index.js';
import { afterEach, describe, expect, it } from './expect.js';
import { button, byRole, clean, faults, findButton, mount, text, unmountAll } from './mount.js';

describe('the language of the element', () => {
  afterEach(unmountAll);

  it('is the one around it, through shadow roots, and the agent is told', async () => {
    document.body.innerHTML = '<div lang="de-AT"><p></p></div>';
    const inner = document.querySelector('p')!.attachShadow({ mode: 'open' });
    const { element, calls, drawn } = await mount();
    inner.append(element);
    element.requestUpdate();
    await drawn();
    expect(findButton(element, /mit uns sprechen/i)).not.toBe(null);
    button(element, /mit uns sprechen/i).click();
    await drawn();
    expect(calls.at(-1)?.options.locale).toBe('de-AT');
  });

  it('is known by its first subtag, however it is written', () => {
    const german = ['de', 'DE', 'de-AT', 'de_DE', 'de_DE.UTF-8', 'De-xx', 'de-Latn-x-nobody'];
    expect(german.map((lang) => chooseTexts(lang).language).join()).toBe(
      german.map(() => 'de').join(),
    );
    const english = ['', 'en', 'fr', 'des', 'xx_DE', '-de'];
    expect(english.map((lang) => chooseTexts(lang).language).join()).toBe(
      english.map(() => 'en').join(),
    );
  });

  it('has German words of its own for every error', async () => {
    const codes = Object.keys(ERROR_TABLE) as CallErrorCode[];
    const { errors } = chooseTexts('de');
    const english = codes.filter(
      (code) =>
        !errors[code] ||
        errors[code].message === ERROR_TABLE[code].message ||
        errors[code].remedy === ERROR_TABLE[code].remedy,
    );
    expect(english).toEqual([]);
    const { textFaults } = chooseTexts('de');
    const reasons = Object.keys(TEXT_FAULTS) as TextRefusal[];
    expect(reasons.filter((one) => textFaults[one].remedy === TEXT_FAULTS[one].remedy)).toEqual([]);
    expect(Object.keys(errors).sort()).toEqual([...codes].sort());
  });

  it('does not hide what an error knows better than its table, and marks it as English', async () => {
    const { element, call, drawn } = await mount({ lang: 'de' });
    button(element, /mit uns sprechen/i).click();
    await drawn();
    const remedy = 'Give the frame that holds this page allow="microphone".';
    call().fail('microphone_denied', 'microphone_denied', remedy);
    await drawn();
    const [message, advice] = [...byRole(element, 'alert')!.querySelectorAll('p')];
    expect(clean(message!.textContent ?? '')).toBe('Das Mikrofon ist für diese Seite gesperrt.');
    expect(message!.lang).toBe('de');
    expect(clean(advice!.textContent ?? '')).toBe(remedy);
    expect(advice!.lang).toBe('en');
    expect(await faults(element)).toEqual([]);
  });

  it('leaves what only the owner can mend to the console, whoever worded it', async () => {
    const { element, call, drawn } = await mount({ lang: 'de_DE' });
    const said: string[] = [];
    const { error } = console;
    console.error = (line: unknown) => void said.push(String(line));
    try {
      button(element, /mit uns sprechen/i).click();
      await drawn();
      const remedy = 'Add https://shop.example to the allowed origins of the publishable key.';
      call().fail('origin_not_allowed', 'unknown', remedy);
      await drawn();
      const shown = [...byRole(element, 'alert')!.querySelectorAll('p')].slice(0, 2);
      const { errors } = chooseTexts('de');
      expect(shown.map((line) => clean(line.textContent ?? ''))).toEqual([
        errors.origin_not_allowed!.message,
        errors.origin_not_allowed!.remedy,
      ]);
      expect(shown.map((line) => line.lang)).toEqual(['de', 'de']);
      expect(said.join(' ')).toContain(remedy);
    } finally {
      console.error = error;
    }
  });

  it('is German for an error in the middle of a call', async () => {
    const { element, call, drawn } = await mount({ lang: 'de' });
    button(element, /mit uns sprechen/i).click();
    await drawn();
    call().agent('listening');
    call().trouble('microphone_lost');
    await drawn();
    expect(text(element)).toContain(
      'Das Mikrofon wurde während des Anrufs getrennt. Schließen Sie',
    );
  });
});
