/**
 * Builds a template of ours without the browser's HTML parser. Pages with Trusted Types let nobody hand text to that
 * parser whose policy they do not name, and theirs may change what it is given; our templates are our own code.
 */

const TOKEN =
  /<!--([^]*?)-->|<\?([^>]*)>|<\/[\w-]+\s*>|<([\w-]+)((?:[^>"']|"[^"]*"|'[^']*')*)>|[^<]+/g;
const ATTRIBUTE = /([^\s"'>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/g;
const VOID = /^(?:br|hr|img|input)$/;
const SVG = 'http://www.w3.org/2000/svg';

/** Knows what Lit makes of templates that are written as they are here: every tag closed, no entities, no raw text. */
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

/** Lit goes by the order of bound attributes and by the end of their names: `@click` may not be set by a script. */
function nameable(name: string): string {
  return name.replace(/^[@?.]/, (sign) => `x${sign.charCodeAt(0)}-`);
}
