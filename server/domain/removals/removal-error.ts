/** Why the work of erasing is not whole yet. */

/** So many recordings of erased calls are still there; `cause` is why the first of them is. For the log of the loop that tries again. */
export class RemovalError extends Error {
  readonly code = 'storage_unavailable';

  constructor(count: number, cause: unknown) {
    super(`${count} recordings of erased calls could not be removed yet; they are tried again.`, {
      cause,
    });
    this.name = 'RemovalError';
  }
}
