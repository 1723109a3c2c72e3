/**
 * The error of the object store: why recordings can be neither written nor read, in terms of what an operator must
 * mend.
 */

/** What is wrong. */
export type ObjectStoreFault =
  | 'unreachable'
  | 'timeout'
  | 'refused'
  | 'no_such_bucket'
  | 'overloaded'
  | 'not_s3'
  | 'incomplete'
  | 'folder';

const SENTENCES: Record<ObjectStoreFault, string> = {
  unreachable: 'The object store cannot be reached at S3_ENDPOINT',
  timeout: 'The object store does not answer in time',
  refused: 'The object store refuses S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY or their rights',
  no_such_bucket: 'The object store has no bucket of the name in S3_BUCKET',
  overloaded: 'The object store is not able to serve now',
  not_s3: 'What answers at S3_ENDPOINT does not speak S3',
  incomplete: 'The object store lacks a part of a recording',
  folder: 'The folder of the recordings in DATA_DIR cannot be used',
};

/** Recordings cannot be written or read now; a later try may succeed. */
export class ObjectStoreError extends Error {
  readonly code = 'storage_unavailable';
  readonly fault: ObjectStoreFault;

  private constructor(fault: ObjectStoreFault, detail: string, cause?: unknown) {
    super(`${SENTENCES[fault]}${detail && ` (${detail})`}.`, { cause });
    this.name = 'ObjectStoreError';
    this.fault = fault;
  }

  /** The store answered with an error status; `word` is the code in S3's error body. */
  static answered(status: number, word: string): ObjectStoreError {
    const detail = `HTTP ${status}${word && ` ${word}`}`;
    if (word === 'NoSuchBucket') return new ObjectStoreError('no_such_bucket', detail);
    // With a clock that is wrong by minutes S3 answers 403 too: its code is in the detail.
    if (status === 401 || status === 403) return new ObjectStoreError('refused', detail);
    if (status >= 500 || status === 429) return new ObjectStoreError('overloaded', detail);
    return new ObjectStoreError('not_s3', detail);
  }

  /** The request got no answer. */
  static unanswered(cause: unknown): ObjectStoreError {
    if (cause instanceof Error && cause.name === 'TimeoutError') {
      return new ObjectStoreError('timeout', '', cause);
    }
    return new ObjectStoreError('unreachable', systemCode(cause), cause);
  }

  /** A part of an object is missing at this offset in bytes. */
  static incomplete(name: string, offset: number): ObjectStoreError {
    return new ObjectStoreError('incomplete', `${name} at ${offset}`);
  }

  /** The folder cannot be used: it is missing, full, or belongs to another user. */
  static folder(cause: unknown): ObjectStoreError {
    return new ObjectStoreError('folder', systemCode(cause), cause);
  }
}

function systemCode(error: unknown): string {
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    if ('code' in at && typeof at.code === 'string' && /^E[A-Z_]+$/.test(at.code)) return at.code;
  }
  return '';
}
