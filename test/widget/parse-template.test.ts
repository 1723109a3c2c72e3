/** What the bundle builds every template with makes of each of them what the browser's own parser makes. */
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
    const { error } = console;
    console.error = () => {};
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
    const asking = await mount({ 'consent-text': 'Recorded.' });
    button(asking.element, /talk to us/i).click();
    await asking.drawn();
    await mount({ 'agent-id': '' });
    await new Promise((resolve) => setTimeout(resolve, 5));
    console.error = error;
    expect(drawn.size > 20).toBe(true);
    for (const html of drawn) {
      const text = html.replaceAll('$lit$', SUFFIX);
      const usual = document.createElement('template');
      usual.innerHTML = text;
      expect(shape(parseTemplate(text).content)).toEqual(shape(usual.content));
    }
  });
});
