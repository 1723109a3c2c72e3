/** Cuts the page's address and language to the size that a call record stores: they must never refuse a call. */

const MAX_ADDRESS = 2000;
const MAX_LOCALE = 35;

/** An address of at most 2,000 characters, cut neither within a character nor within its `%` form. */
export function keptAddress(address: string): string {
  if (address.length <= MAX_ADDRESS) return address;
  return address
    .slice(0, MAX_ADDRESS)
    .replace(/(%[\da-f]{0,2})+$/i, '')
    .replace(/\p{Surrogate}$/u, '');
}

/**
 * A BCP 47 tag of at most 35 characters, cut between subtags. Also reads the form of operating systems: `de_DE.UTF-8`.
 */
export function keptLocale(locale: string): string {
  const [name = ''] = locale
    .trim()
    .replace(/_/g, '-')
    .split(/[.@\s]/);
  if (name.length <= MAX_LOCALE) return name;
  return name.slice(0, MAX_LOCALE + 1).replace(/-?[^-]*$/, '');
}
