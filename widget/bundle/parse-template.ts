/**
 * Parses the widget's own Lit templates without the browser's HTML parser. Pages that enforce Trusted Types forbid
 * scripts to pass text to that parser, or change the text on its way; these templates are constant and trusted.
 */

const TOKEN =
  /<!--([^]*?)-->|<\?([^>]*)>|<\/[\w-]+\s*>|<([\w-]+)((?:[^>"']|"[^"]*"|'[^']*')*)>|[^<]+/g;
const ATTRIBUTE = /([^\s"'>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/g;
const VOID = /^(?:br|hr|img|input)$/;
const SVG = 'http://www.w3.org/2000/svg';

/**
 * The template element of a Lit template. Reads only what this widget's templates contain: every tag is closed; no
 * entities, comments or raw text.
 */
export function parseTemplate(html: string): HTMLTemplateElement {
  const template = document.createElement('template');
  const open: (DocumentFragment | Element)[] = [template.content];
  for (const [token, comment, bogus, tag, attributes = ''] of html.matchAll(TOKEN)) {
    const parent = open[open.length - 1] as ParentNode;
    const noted = comment ?? (bogus === undefined ? undefined : `?${bogus}`);
    if (noted !== undefined) parent.append(document.createComment(noted));
    else if (token.startsWith('</')) open.pop();
    else if (tag === undefined) parent.append(token);
    else {
      const element = make(tag, parent);
      for (const [, name = '', ...values] of attributes.matchAll(ATTRIBUTE)) {
        element.setAttribute(nameable(name), values.find((value) => value !== undefined) ?? '');
      }
      parent.append(element);
      if (!VOID.test(tag) && !/\/\s*$/.test(attributes)) open.push(element);
    }
  }
  return template;
}

function make(tag: string, parent: ParentNode): Element {
  const isSvg = tag === 'svg' || (parent as Element).namespaceURI === SVG;
  return isSvg ? document.createElementNS(SVG, tag) : document.createElement(tag);
}

/**
 * An attribute name that `setAttribute` takes, in place of Lit's names such as `@click`. Lit uses only their order and
 * their ends.
 */
function nameable(name: string): string {
  return name.replace(/^[@?.]/, (sign) => `x${sign.charCodeAt(0)}-`);
}
