/** Takes fields out of what is told of a function. */

const REDACTED = '[redacted]';
const DEEPEST = 30;

/** A copy with `[redacted]` for the values of these fields, however deep, also within texts that are JSON. Names go without case and punctuation. */
export function withoutFields(value: unknown, names: readonly string[] | undefined): unknown {
  if (!names?.length) return value;
  const hidden = new Set(names.map(plain));
  const clean = (one: unknown, depth: number): unknown => {
    if (depth > DEEPEST) return REDACTED;
    if (typeof one === 'string') {
      const inner = /^\s*[{[]/.test(one) ? parsed(one) : undefined;
      return inner === undefined ? one : JSON.stringify(clean(inner, depth + 1));
    }
    if (typeof one !== 'object' || one === null) return one;
    if (Array.isArray(one)) return one.map((member) => clean(member, depth + 1));
    const members = Object.entries(one).map(([name, member]): [string, unknown] => [
      name,
      hidden.has(plain(name)) ? REDACTED : clean(member, depth + 1),
    ]);
    return Object.fromEntries(members);
  };
  return clean(value, 0);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function plain(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}
