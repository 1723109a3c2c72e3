/** In which language the element speaks, and what it tells of it. */
import { ERROR_TABLE, type CallErrorCode } from '../../sdk/index.js';
import { english, registerTexts, type Texts } from '../../widget/index.js';
import { findLanguage, loadTexts } from '../../widget/texts/languages.js';
import { afterEach, beforeEach, describe, expect, it } from './expect.js';
import {
  button,
  byRole,
  clean,
  faults,
  findButton,
  mount,
  nameOf,
  text,
  unmountAll,
} from './mount.js';

const LANGUAGES = ['de', 'fr', 'es', 'pt', 'it', 'nl', 'pl', 'ar', 'hi', 'ja'];

/** Words that some languages share with English, and what is no word. */
const SAME = /^(?:agent|direction|microphone|volume|conversation)$|^(?:errors|otherErrors)\./;

function textsIn(tag: string): Texts {
  const texts = findLanguage(tag)?.texts;
  if (!texts) throw new Error(`no texts are loaded for ${tag}`);
  return texts;
}

/** The paths at which both say the same. */
function shared(texts: object, others: object, above = ''): string[] {
  return Object.entries(others).flatMap(([name, other]: [string, unknown]) => {
    const own: unknown = (texts as Record<string, unknown>)[name];
    if (typeof own === 'object' && own !== null) {
      return shared(own, other as object, `${above}${name}.`);
    }
    return own === other || !own ? [above + name] : [];
  });
}

describe('the language of the element', () => {
  beforeEach(async () => void (await Promise.all(LANGUAGES.map(loadTexts))));
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

  it('says in German that the microphone is muted, not that the visitor cannot speak', async () => {
    const { element, call, drawn } = await mount({ lang: 'de' });
    button(element, /mit uns sprechen/i).click();
    call().agent('listening');
    await drawn();
    button(element, /^stumm$/i).click();
    await drawn();
    expect(text(element)).toContain('Ihr Mikrofon ist stummgeschaltet.');
    expect(text(element)).not.toContain('Sie sind stumm');
  });

  it('is the nearest to what the page names, however that is written', async () => {
    const german = ['de', 'DE', 'de-AT', 'de_DE', 'de_DE.UTF-8', 'De-xx', 'de-Latn-x-nobody'];
    expect(german.map((tag) => findLanguage(tag)?.call)).toEqual(
      german.map(() => 'Mit uns sprechen'),
    );
    const unknown = ['', 'des', 'xx_DE', '-de', 'constructor', '__proto__'];
    expect(unknown.map((tag) => findLanguage(tag) === undefined)).toEqual(unknown.map(() => true));
    const { element } = await mount({ lang: 'xx-DE' });
    expect(findButton(element, /talk to us/i)).not.toBe(null);
  });

  for (const tag of LANGUAGES) {
    it(`${tag} is spoken in every word, and nothing overlaps or is cut`, async () => {
      const { element, call, drawn } = await mount({ lang: tag, theme: 'light' });
      const shown = text(element);
      expect(shown).toBe(textsIn(tag).call);
      expect(await faults(element)).toEqual([]);
      findButton(element, /./)!.click();
      await drawn();
      expect(text(element)).toContain(textsIn(tag).stages.microphone);
      call().agent('listening');
      call().says('agent', textsIn(tag).conversationEmpty);
      await drawn();
      expect(text(element)).toContain(textsIn(tag).agentStates.listening);
      const card = element.shadowRoot!.querySelector<HTMLElement>('.card')!;
      expect(card.lang).toBe(tag);
      expect(getComputedStyle(card).direction).toBe(tag === 'ar' ? 'rtl' : 'ltr');
      const buttons = [...card.querySelectorAll('button')];
      expect(buttons.filter((one) => one.scrollWidth > one.offsetWidth).map(nameOf)).toEqual([]);
      // Mute and hang up side by side, whichever of its two labels the first one has.
      const controls = card.querySelector('.controls')!;
      expect(
        new Set([...controls.children].map((one) => one.getBoundingClientRect().top)).size,
      ).toBe(1);
      expect(await faults(element)).toEqual([]);
      call().fail('origin_not_allowed');
      await drawn();
      const said = [...byRole(element, 'alert')!.querySelectorAll('p')].slice(0, 2);
      expect(said.map((line) => line.lang)).toEqual([tag, tag]);
    });

    it(`${tag} has words of its own for all that visitors meet`, () => {
      const texts = textsIn(tag);
      const same = shared(texts, english).filter((path) => !SAME.test(path));
      expect(same).toEqual([]);
      expect(texts.language).toBe(tag);
      const codes = Object.keys(ERROR_TABLE) as CallErrorCode[];
      const nameless = codes.filter(
        (code) => !texts.errors[code] && !texts.otherErrors[ERROR_TABLE[code].fault],
      );
      expect(nameless).toEqual([]);
      const mended = codes.filter((code) => ERROR_TABLE[code].fault === 'user');
      expect(mended.filter((code) => !texts.errors[code])).toEqual([]);
      const owners = [texts.otherErrors.config, texts.otherErrors.provider];
      expect(owners.map((own) => own?.remedy)).toEqual([texts.tellOwner, texts.tellOwner]);
    });
  }

  it('changes in the middle of a call, without losing it or a word that was said', async () => {
    const { element, call, calls, drawn } = await mount({ lang: 'fr' });
    button(element, /parlez avec nous/i).click();
    await drawn();
    call().agent('listening');
    call().says('agent', 'Bonjour');
    await drawn();
    const made = calls.length;
    element.lang = 'ar';
    await drawn();
    expect(text(element)).toContain('يستمع');
    expect(text(element)).toContain('Bonjour');
    expect(getComputedStyle(element.shadowRoot!.querySelector('.card')!).direction).toBe('rtl');
    expect(element.getAttribute('lang')).toBe('fr');
    expect([calls.length, call().asked]).toEqual([made, ['start']]);
  });

  it('may be one that the page adds, and a more exact one wins', async () => {
    registerTexts('sv', { ...english, language: 'sv', call: 'Prata med oss', hangUp: 'Lägg på' });
    registerTexts('de-CH', { ...textsIn('de'), call: 'Mit uns reden' });
    const { element, call, drawn } = await mount({ lang: 'sv-FI' });
    button(element, /prata med oss/i).click();
    await drawn();
    call().agent('listening');
    await drawn();
    expect(findButton(element, /lägg på/i)).not.toBe(null);
    unmountAll();
    expect(text((await mount({ lang: 'de_CH' })).element)).toBe('Mit uns reden');
    expect(text((await mount({ lang: 'de' })).element)).toBe('Mit uns sprechen');
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
      call().fail('origin_not_allowed', 'unknown', { remedy });
      await drawn();
      const shown = [...byRole(element, 'alert')!.querySelectorAll('p')].slice(0, 2);
      const { config } = textsIn('de').otherErrors;
      expect(shown.map((line) => clean(line.textContent ?? ''))).toEqual([
        config!.message,
        config!.remedy,
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
