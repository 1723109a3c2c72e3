/** Builds paths that contain ids. */

/**
 * A template tag for paths: encodes ids and numbers, so that they cannot change the rest of the path. An id that cannot
 * be encoded (half a surrogate pair) becomes empty, which the client refuses to send.
 */
export function pathOf(parts: TemplateStringsArray, ...values: (string | number)[]): string {
  return String.raw({ raw: parts }, ...values.map(segmentOf));
}

function segmentOf(value: string | number): string {
  const isBroken = /\p{Surrogate}/u.test(String(value));
  return isBroken ? '' : encodeURIComponent(value);
}
