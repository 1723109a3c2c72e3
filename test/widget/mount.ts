/** Puts the element into the page with a call that the test moves by hand. */
import 'axe-core';
import type { AxeResults } from 'axe-core';
import '../../widget/define.js';
import { loadCard } from '../../widget/load-card.js';
import { loadTexts } from '../../widget/texts/languages.js';
import type { DialNexaCallElement } from '../../widget/index.js';
import { FakeCall } from '../fakes/fake-call.js';

/** The element and the calls that it made, newest last. */
export interface Mounted {
  element: DialNexaCallElement;
  calls: FakeCall[];
  /** The newest call. */
  call: () => FakeCall;
  /** Waits until the element has drawn what it knows. */
  drawn: () => Promise<void>;
}

/** Attributes on top of a valid key and agent. All code and texts are there, as on a page whose visitor has shown intent. */
export async function mount(attributes: Record<string, string> = {}): Promise<Mounted> {
  await Promise.all([loadCard(), loadTexts(attributes['lang'] ?? '')]);
  const element = document.createElement('dialnexa-call');
  const calls: FakeCall[] = [];
  element.callFactory = (options) => {
    const call = new FakeCall(options);
    calls.push(call);
    return call;
  };
  const all = {
    'api-key': 'dnx_pk_test',
    'agent-id': 'agent_test',
    'server-url': 'https://calls.example.test',
    ...attributes,
  };
  for (const [name, value] of Object.entries(all)) element.setAttribute(name, value);
  document.body.append(element);
  await element.updateComplete;
  const call = (): FakeCall => {
    const last = calls.at(-1);
    if (!last) throw new Error('The element has made no call.');
    return last;
  };
  return { element, calls, call, drawn: async () => void (await element.updateComplete) };
}

/** Starts by the button, as a visitor does. */
export async function mountActive(attributes: Record<string, string> = {}): Promise<Mounted> {
  const mounted = await mount(attributes);
  button(mounted.element, /talk to us/i).click();
  await mounted.drawn();
  mounted.call().agent('listening');
  await mounted.drawn();
  return mounted;
}

/** The same in a window of this size, in pixels. */
export async function mountActiveIn(
  width: number,
  height: number,
  attributes: Record<string, string> = {},
): Promise<Mounted> {
  const mounted = await mount(attributes);
  const frame = document.createElement('iframe');
  Object.assign(frame.style, { width: `${width}px`, height: `${height}px`, border: '0' });
  document.body.append(frame);
  frame.contentDocument!.body.append(mounted.element);
  await mounted.drawn();
  button(mounted.element, /talk to us/i).click();
  await mounted.drawn();
  mounted.call().agent('listening');
  await mounted.drawn();
  return mounted;
}

/** How much of the page the element takes. */
export function heightOf(element: HTMLElement): number {
  return element.getBoundingClientRect().height;
}

/** What is too small to touch, as HTML. */
export function tooSmall(element: DialNexaCallElement): string[] {
  const targets = element.shadowRoot?.querySelectorAll<HTMLElement>('button, input, select') ?? [];
  return [...targets]
    .filter((target) => target.offsetHeight < 44 || target.offsetWidth < 44)
    .map((target) => target.outerHTML);
}

/** Takes every element out of the page. */
export function unmountAll(): void {
  document.body.replaceChildren();
}

/** The button with this name. */
export function button(element: DialNexaCallElement, name: RegExp): HTMLButtonElement {
  const found = findButton(element, name);
  if (!found) throw new Error(`There is no button ${String(name)}: ${text(element)}`);
  return found;
}

/** The same, or `null`. */
export function findButton(element: DialNexaCallElement, name: RegExp): HTMLButtonElement | null {
  const all = [...(element.shadowRoot?.querySelectorAll('button') ?? [])];
  return all.find((candidate) => name.test(nameOf(candidate))) ?? null;
}

/** The first element with this role. */
export function byRole(element: DialNexaCallElement, role: string): HTMLElement | null {
  return element.shadowRoot?.querySelector(`[role="${role}"]`) ?? null;
}

/** All that is written. */
export function text(element: DialNexaCallElement): string {
  return clean(element.shadowRoot?.textContent ?? '');
}

/** What holds the focus inside the element, by name. */
export function focused(element: DialNexaCallElement): string {
  const active = element.shadowRoot?.activeElement;
  return active instanceof HTMLElement ? nameOf(active) : '';
}

/** Brings what comes into sight to its place, which a page in the background does not do; what moves for ever goes on. */
export function settle(element: HTMLElement): void {
  for (const animation of element.shadowRoot?.getAnimations() ?? []) {
    if (animation.effect?.getComputedTiming().endTime !== Infinity) animation.finish();
  }
}

/** What axe finds wrong, as sentences. */
export async function faults(element: HTMLElement): Promise<string[]> {
  settle(element);
  const { axe } = globalThis as unknown as {
    axe: { run: (node: Element, options: object) => Promise<AxeResults> };
  };
  const { violations } = await axe.run(element, { resultTypes: ['violations'] });
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html}`));
}

/** The next event of this name. */
export function nextEvent<Name extends keyof GlobalEventHandlersEventMap>(
  target: EventTarget,
  name: Name,
): Promise<GlobalEventHandlersEventMap[Name]> {
  return new Promise((resolve) => {
    const hear = (event: Event): void => resolve(event as GlobalEventHandlersEventMap[Name]);
    target.addEventListener(name, hear, { once: true });
  });
}

/** White space as one blank. */
export function clean(words: string): string {
  return words.replace(/\s+/g, ' ').trim();
}

/** What screen readers call it. */
export function nameOf(candidate: HTMLElement): string {
  const label = candidate.getAttribute('aria-label');
  if (label) return label;
  const slot = candidate.querySelector<HTMLSlotElement>('slot[name="label"]');
  const given = slot
    ?.assignedNodes()
    .map((node) => node.textContent)
    .join('');
  return clean(given || (candidate.textContent ?? ''));
}
