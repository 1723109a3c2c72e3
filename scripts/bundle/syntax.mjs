/** Reads and edits JavaScript by its syntax tree, as the transforms of the bundles need it. */

/** Visits every node under `node`, parents first: `visit(node, parent, key)`. */
export function walk(node, visit, parent = null, key = '') {
  visit(node, parent, key);
  for (const [name, value] of Object.entries(node)) {
    for (const child of Array.isArray(value) ? value : [value]) {
      if (typeof child?.type === 'string') walk(child, visit, node, name);
    }
  }
}

/** The code with `[start, end, text]` in place of what was there. Edits inside another edit are part of that one. */
export function edited(code, edits) {
  const ordered = [...edits].sort(([a, b], [c, d]) => a - c || d - b);
  let at = 0;
  let result = '';
  for (const [start, end, text] of ordered) {
    if (start < at) continue;
    result += code.slice(at, start) + text;
    at = end;
  }
  return result + code.slice(at);
}
