/** Which language an element stands in. */

/** Its own `lang`, or the nearest one around it, also outside of the shadow roots that it is in; empty when there is none. */
export function languageOf(element: HTMLElement): string {
  if (element.lang) return element.lang;
  let node: Element | null = element.parentElement ?? hostOf(element);
  while (node) {
    const holder = node.closest('[lang]');
    if (holder) return holder.getAttribute('lang') ?? '';
    node = hostOf(node);
  }
  return '';
}

function hostOf(node: Element): Element | null {
  const root = node.getRootNode();
  // In a frame it is an instance of the frame's own class.
  return 'host' in root ? (root as ShadowRoot).host : null;
}
