/** The port of the object store, which holds recordings: bytes under a name. */

/** An object store whose objects grow at their end. Names hold letters, digits, `_`, `-`, `.` and `/`. */
export interface ObjectStore {
  /** Writes at `offset`, so that a repeated chunk lands where it was. */
  write(name: string, offset: number, bytes: Uint8Array): Promise<void>;
  /** Bytes that are there; 0 for an object that does not exist. */
  size(name: string): Promise<number>;
  /** Both ends included; rejects when nothing of it can be read. */
  read(name: string, start: number, end: number): Promise<ReadableStream<Uint8Array>>;
  /** An object that is already gone is no error. */
  remove(name: string): Promise<void>;
}
