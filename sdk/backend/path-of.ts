/** Addresses with ids in them. */

/** For a template: ids and numbers cannot change the address around them. An id that cannot be written is left empty. */
export function pathOf(parts: TemplateStringsArray, ...values: (string | number)[]): string {
  return String.raw({ raw: parts }, ...values.map(segmentOf));
}

function segmentOf(value: string | number): string {
  const isBroken = /\p{Surrogate}/u.test(String(value));
  return isBroken ? '' : encodeURIComponent(value);
}
