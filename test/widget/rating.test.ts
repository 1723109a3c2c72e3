/** The rating of a call that has ended. */
import { CallError } from '../../sdk/index.js';
import type { DialNexaCallElement } from '../../widget/index.js';
import { afterEach, describe, expect, it } from './expect.js';
import {
  button,
  byRole,
  clean,
  faults,
  findButton,
  mountActive,
  text,
  unmountAll,
  type Mounted,
} from './mount.js';

async function ended(rating: string): Promise<Mounted> {
  const mounted = await mountActive({ rating });
  mounted.call().over('agent_disconnected');
  await mounted.drawn();
  return mounted;
}

function marks(element: DialNexaCallElement): HTMLInputElement[] {
  return [...element.shadowRoot!.querySelectorAll<HTMLInputElement>('[type=radio]')];
}

describe('the rating of a call', () => {
  afterEach(unmountAll);

  it('is a group of stars with names; a comment and thanks follow', async () => {
    const { element, call, drawn } = await ended('stars');
    const group = byRole(element, 'radiogroup')!;
    expect(clean(group.querySelector('legend')!.textContent ?? '')).toBe('How was the call?');
    expect(
      marks(element)
        .map((mark) => mark.ariaLabel)
        .join(),
    ).toBe('Very bad,Bad,All right,Good,Very good');
    expect(await faults(element)).toEqual([]);
    marks(element)[3]!.click();
    await drawn();
    expect(element.shadowRoot!.querySelectorAll('.mark.on').length).toBe(4);
    expect(await faults(element)).toEqual([]);
    element.shadowRoot!.querySelector('textarea')!.value = ' Quick and kind. ';
    button(element, /^send$/i).click();
    await drawn();
    await drawn();
    expect(call().asked.at(-1)).toBe('rate 4 Quick and kind.');
    expect(text(element)).toContain('Thank you for your feedback.');
    expect(element.shadowRoot!.activeElement?.getAttribute('part')).toBe('thanks');
    expect(marks(element)).toEqual([]);
    expect(await faults(element)).toEqual([]);
  });

  for (const kind of ['stars', 'thumbs'] as const) {
    for (const lang of ['en', 'ar']) {
      it(`has its ${kind} below the beginning of their heading, lang="${lang}"`, async () => {
        const { element } = await ended(kind);
        element.lang = lang;
        await element.updateComplete;
        const side = lang === 'ar' ? 'right' : 'left';
        const edge = (one: Element): number => Math.round(one.getBoundingClientRect()[side]);
        const { shadowRoot } = element;
        expect(edge(shadowRoot!.querySelector('.mark .icon')!)).toBe(
          edge(shadowRoot!.querySelector('legend')!),
        );
      });
    }
  }

  it('is thumbs, up or down, and needs no comment', async () => {
    const { element, call, drawn } = await ended('thumbs');
    expect(
      marks(element)
        .map(({ value }) => value)
        .join(),
    ).toBe('1,5');
    marks(element)[1]!.click();
    marks(element)[0]!.click();
    await drawn();
    expect(element.shadowRoot!.querySelectorAll('.mark.on').length).toBe(1);
    button(element, /^send$/i).click();
    await drawn();
    expect(call().asked.at(-1)).toBe('rate 1');
  });

  it('says when it could not be sent, and is there to be sent again', async () => {
    const { element, call, drawn } = await ended('stars');
    call().ratingFault = new CallError('network_unreachable');
    marks(element)[0]!.click();
    await drawn();
    element.shadowRoot!.querySelector('textarea')!.value = 'Bad.';
    button(element, /^send$/i).click();
    await new Promise((resolve) => setTimeout(resolve));
    await drawn();
    expect(byRole(element, 'alert')?.textContent).toContain(
      'The call service could not be reached',
    );
    expect(await faults(element)).toEqual([]);
    button(element, /^send$/i).click();
    await new Promise((resolve) => setTimeout(resolve));
    await drawn();
    expect(call().asked.slice(-2)).toEqual(['rate 1 Bad.', 'rate 1 Bad.']);
    expect(text(element)).toContain('Thank you');
  });

  it('begins anew with the next call', async () => {
    const { element, call, drawn } = await ended('stars');
    marks(element)[4]!.click();
    await drawn();
    button(element, /call again/i).click();
    await drawn();
    call().agent('listening');
    call().over('user_disconnected');
    await drawn();
    expect(marks(element).map(({ checked }) => checked)).toEqual([
      false,
      false,
      false,
      false,
      false,
    ]);
    expect(findButton(element, /^send$/i)).toBe(null);
  });

  it('is asked where the call is one button, too, which is there again afterwards', async () => {
    const { element, call, drawn } = await mountActive({ rating: 'stars', mode: 'button' });
    button(element, /hang up/i).focus();
    button(element, /hang up/i).click();
    await drawn();
    expect(clean(byRole(element, 'radiogroup')!.querySelector('legend')!.innerText)).toBe(
      'How was the call?',
    );
    expect(element.shadowRoot!.querySelector('.transcript')).toBe(null);
    expect(await faults(element)).toEqual([]);
    marks(element)[4]!.click();
    await drawn();
    button(element, /^send$/i).click();
    await drawn();
    await drawn();
    expect(call().asked.at(-1)).toBe('rate 5');
    expect(text(element)).toContain('Thank you for your feedback.');
    button(element, /close/i).click();
    await drawn();
    expect(text(element)).toBe('Talk to us');
    expect(element.shadowRoot!.activeElement).toBe(button(element, /talk to us/i));
  });

  it('leaves the one button where it is when nothing is asked', async () => {
    for (const rating of ['none', 'stars']) {
      const { element, call, drawn } = await mountActive({ rating, mode: 'button' });
      call().over('user_disconnected', rating === 'none' ? 64_000 : 0);
      await drawn();
      expect(findButton(element, /talk to us/i)).not.toBe(null);
      expect(marks(element)).toEqual([]);
      unmountAll();
    }
  });

  it('is asked only where the page wants it, and only of a call that came about', async () => {
    const without = await ended('');
    expect(marks(without.element)).toEqual([]);
    const cancelled = await mountActive({ rating: 'stars' });
    cancelled.call().over('user_disconnected', 0);
    await cancelled.drawn();
    expect(marks(cancelled.element)).toEqual([]);
  });
});
