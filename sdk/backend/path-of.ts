/** Addresses with ids in them. */

/** For a template: ids and numbers cannot change the address around them. */
export function pathOf(parts: TemplateStringsArray, ...values: (string | number)[]): string {
  return String.raw({ raw: parts }, ...values.map((value) => encodeURIComponent(value)));
}
