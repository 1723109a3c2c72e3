/** Finds the language of the page around an element. */

/** The `lang` of the element, or of its nearest ancestor, also through shadow roots; empty when there is none. */
export function languageOf(element: HTMLElement): string {
  return element.lang || languageAround(element);
}

/** That of its nearest ancestor. */
export function languageAround(element: HTMLElement): string {
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
  // In a frame it is an instance of that frame's class, so `instanceof` fails.
  return 'host' in root ? (root as ShadowRoot).host : null;
}
