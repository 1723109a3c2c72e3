/** Whether whoever asks has the answer already. */

/** Compares `If-None-Match` with the tag. A proxy that changes the bytes on the way makes a strong tag a weak one. */
export function hasTag(ifNoneMatch: string | undefined, etag: string): boolean {
  const tags = (ifNoneMatch ?? '').split(',').map((tag) => bare(tag.trim()));
  return tags.includes(bare(etag)) || tags.includes('*');
}

function bare(tag: string): string {
  return tag.replace(/^W\//, '');
}
