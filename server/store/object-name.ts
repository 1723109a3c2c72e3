/** Names of objects: what no store can take for something else. */

/** Throws for a name that leads out of the store, or that one of them could not hold. */
export function assertObjectName(name: string): void {
  if (!/^[\w-][\w./-]*$/.test(name) || name.includes('..')) throw new Error('bad object name');
}
