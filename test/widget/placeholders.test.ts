/** What the text box invites to can be read whole, in every language, at the usual width and on the narrowest phones. */
import { loadTexts } from '../../widget/texts/languages.js';
import { afterEach, describe, expect, it } from './expect.js';
import { mount, unmountAll } from './mount.js';

const LANGUAGES = ['en', 'de', 'fr', 'es', 'pt', 'it', 'nl', 'pl', 'ar', 'hi', 'ja'];

/** Pixels of room that are left beside it; negative: it is cut. */
function roomIn(input: HTMLInputElement): number {
  const style = getComputedStyle(input);
  const context = new OffscreenCanvas(1, 1).getContext('2d')!;
  context.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
  const paddings = parseFloat(style.paddingLeft) + parseFloat(style.paddingRight);
  const { width } = context.measureText(input.placeholder);
  return Math.floor(input.clientWidth - paddings - width);
}

/** Of a call in a page of this width. */
async function boxIn(width: number, attributes: Record<string, string>): Promise<HTMLInputElement> {
  const mounted = await mount(attributes);
  const { element } = mounted;
  const frame = document.createElement('iframe');
  Object.assign(frame.style, { width: `${width}px`, height: '640px', border: '0' });
  document.body.append(frame);
  frame.contentDocument!.body.append(element);
  await mounted.drawn();
  element.shadowRoot!.querySelector<HTMLButtonElement>('.call-button')!.click();
  await mounted.drawn();
  mounted.call().agent('listening');
  await mounted.drawn();
  return element.shadowRoot!.querySelector<HTMLInputElement>('.text-box input')!;
}

describe('the text box', () => {
  afterEach(unmountAll);

  for (const lang of LANGUAGES) {
    it(`shows the whole of what it invites to, lang="${lang}"`, async () => {
      await loadTexts(lang);
      const rooms: Record<string, number> = {};
      for (const width of [900, 320]) {
        for (const placement of ['inline', 'bottom-right']) {
          const input = await boxIn(width, { lang, placement });
          const room = roomIn(input);
          if (room < 0) rooms[`${input.placeholder}, ${width} px, ${placement}`] = room;
        }
      }
      expect(rooms).toEqual({});
    });
  }
});
