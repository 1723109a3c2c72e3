/** What the bundle builds every template with makes of each of them what the browser's own parser makes. */
import { CallError } from '../../sdk/index.js';
import { parseTemplate } from '../../widget/bundle/parse-template.js';
import { afterEach, describe, expect, it } from './expect.js';

/** As the bundle has it: scripts may not set attributes whose names end in Lit's own sign. */
const SUFFIX = '-lit-';
type Create = (html: string | { toString(): string }) => HTMLTemplateElement;
const drawn = new Set<string>();

/** Lit hands its template class to whoever asks by this name before it is loaded. */
Object.assign(globalThis, {
  litHtmlPolyfillSupportDevMode: (template: { createElement: Create }) => {
    const own = template.createElement.bind(template);
    template.createElement = (html) => {
      drawn.add(String(html));
      return own(html);
    };
  },
});

const { button, mount, mountActive, unmountAll } = await import('./mount.js');

function shape(node: Node): unknown {
  if (node instanceof Element) {
    const attributes = [...node.attributes].map(({ name, value }) => {
      const bound = name.endsWith(SUFFIX);
      return [bound ? SUFFIX : name, value];
    });
    return [node.namespaceURI, node.localName, attributes, [...node.childNodes].map(shape)];
  }
  if (node instanceof DocumentFragment) return [...node.childNodes].map(shape);
  return [node.nodeType, node.nodeValue];
}

describe('templates without the parser of the browser', () => {
  afterEach(unmountAll);

  it('are the same, in every state of the element', async () => {
    const { error, warn } = console;
    console.error = console.warn = () => {};
    const active = await mountActive();
    active.call().blockAudio(true);
    active.call().says('agent', 'Hello.');
    active.call().trouble('microphone_lost');
    await active.drawn();
    active.call().reconnect();
    await active.drawn();
    active.call().over('agent_disconnected');
    await active.drawn();
    const failed = await mountActive();
    failed.call().fail('connection_lost');
    await failed.drawn();
    const fields = [
      { name: 'mail', label: 'E-mail', type: 'email', required: true },
      { name: 'what', label: 'What', type: 'select', options: ['Brakes'], required: true },
    ];
    const asking = await mount({ 'consent-text': 'Recorded.', fields: JSON.stringify(fields) });
    button(asking.element, /talk to us/i).click();
    await asking.drawn();
    button(asking.element, /agree/i).click();
    await asking.drawn();
    const rated = await mountActive({ rating: 'stars' });
    const device = { kind: 'audioinput', deviceId: 'a', label: '' } as MediaDeviceInfo;
    rated.call().plug({ microphones: [device], speakers: [device] });
    button(rated.element, /microphone and sound/i).click();
    await rated.drawn();
    rated.call().over('agent_disconnected');
    await rated.drawn();
    rated.element.shadowRoot!.querySelector<HTMLInputElement>('[type=radio]')!.click();
    await rated.drawn();
    rated.call().ratingFault = new CallError('offline');
    for (const _ of ['refused', 'taken']) {
      button(rated.element, /^send$/i).click();
      await new Promise((resolve) => setTimeout(resolve));
      await rated.drawn();
    }
    const refused = await mountActive();
    refused.call().fail('microphone_denied');
    await refused.drawn();
    const strange = await mountActive();
    strange.call().fail('unauthorized');
    await strange.drawn();
    await mount({ 'agent-id': '' });
    await new Promise((resolve) => setTimeout(resolve, 5));
    Object.assign(console, { error, warn });
    expect(drawn.size > 35).toBe(true);
    for (const html of drawn) {
      const text = html.replaceAll('$lit$', SUFFIX);
      const usual = document.createElement('template');
      usual.innerHTML = text;
      expect(shape(parseTemplate(text).content)).toEqual(shape(usual.content));
    }
  });
});
