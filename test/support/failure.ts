/** What a promise of the SDK is rejected with. */
import { CallError } from '../../sdk/index.js';

/** The `CallError`; throws when the promise resolves or is rejected with anything else. */
export async function failure(promise: Promise<unknown>): Promise<CallError> {
  const error: unknown = await promise.then(
    () => null,
    (cause: unknown) => cause,
  );
  if (!(error instanceof CallError)) throw new Error(`not a CallError: ${String(error)}`);
  return error;
}
