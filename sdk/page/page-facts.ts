/** What a page tells of itself, brought to the size that a call record keeps: it must never refuse the call. */

const MAX_ADDRESS = 2000;
const MAX_LOCALE = 35;

/** At most 2,000 characters; nothing is cut through, neither a character nor its `%` form. */
export function keptAddress(address: string): string {
  if (address.length <= MAX_ADDRESS) return address;
  return address
    .slice(0, MAX_ADDRESS)
    .replace(/(%[\da-f]{0,2})+$/i, '')
    .replace(/\p{Surrogate}$/u, '');
}

/** BCP 47 of at most 35 characters, in whole subtags; takes the way in which systems write it, too: `de_DE.UTF-8`. */
export function keptLocale(locale: string): string {
  const [name = ''] = locale
    .trim()
    .replace(/_/g, '-')
    .split(/[.@\s]/);
  if (name.length <= MAX_LOCALE) return name;
  return name.slice(0, MAX_LOCALE + 1).replace(/-?[^-]*$/, '');
}
