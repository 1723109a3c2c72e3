/** What a text says that is JSON; `undefined` for one that is none, or no more than a number or a word. */
export function jsonIn(text: string): unknown {
  if (!/^\s*[{[]/.test(text)) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
