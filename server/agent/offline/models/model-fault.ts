/** Why models could not be fetched, as one clause that a user understands. */

/** What kind of fault it is. */
export type ModelFaultCode =
  | 'archive_broken'
  | 'checksum_wrong'
  | 'client_failed'
  | 'client_missing'
  | 'disk_full'
  | 'registry_unreachable'
  | 'source_failed';

/** Its message is a clause without a full stop, and holds no address and no key. */
export class ModelFault extends Error {
  override readonly name = 'ModelFault';
  readonly code: ModelFaultCode;

  constructor(code: ModelFaultCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }

  /** Of whatever was thrown while files were fetched and written. */
  static of(error: unknown): ModelFault {
    if (error instanceof ModelFault) return error;
    const options = { cause: error };
    const text = error instanceof Error ? error.message : String(error);
    if (text.includes('ENOSPC')) return new ModelFault('disk_full', 'the disk is full', options);
    return new ModelFault('source_failed', text.split('\n')[0] ?? '', options);
  }
}
