/** Keeps what a process prints in a file of bounded size, and shows the lines that matter. */
import { closeSync, existsSync, mkdirSync, openSync, renameSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { StartError } from './start-error.js';

const maxBytes = 5_000_000;

/** One process's log file; the file before it is kept as `.1`. */
export class ProcessLog {
  readonly #file: string;
  readonly #show: (line: string) => void;
  #handle: number;
  #bytes = 0;
  #isLosing = false;
  /** The last line that looked like a fault, for the sentence when the process does not start. */
  lastFault = '';

  /** Throws a `StartError` when the file cannot be made. */
  constructor(file: string, show: (line: string) => void) {
    this.#file = file;
    this.#show = show;
    try {
      mkdirSync(dirname(file), { recursive: true });
      this.#handle = this.#open();
    } catch (error) {
      throw StartError.dataFolderUnwritable(file, error);
    }
  }

  /** Follows a stream until it ends. */
  follow(stream: Readable | null, isError: boolean): void {
    if (!stream) return;
    createInterface({ input: stream }).on('line', (line) => {
      this.#keep(line);
      if (!isFault(line, isError)) return;
      this.lastFault = line;
      this.#show(line);
    });
  }

  close(): void {
    if (this.#handle >= 0) closeSync(this.#handle);
    this.#handle = -1;
  }

  /** A full disk costs lines, never the calls: it is told once until a line can be kept again. */
  #keep(line: string): void {
    if (this.#handle < 0) return;
    try {
      if (this.#bytes > maxBytes) this.#turn();
      this.#bytes += writeSync(this.#handle, `${line}\n`);
      this.#isLosing = false;
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      if (!this.#isLosing) this.#show(`${this.#file} cannot be written (${code ?? message}).`);
      this.#isLosing = true;
    }
  }

  #turn(): void {
    // Also when it fails: the next try is a whole file away.
    this.#bytes = 0;
    const old = this.#handle;
    this.#handle = this.#open();
    closeSync(old);
  }

  #open(): number {
    if (existsSync(this.#file)) renameSync(this.#file, `${this.#file}.1`);
    return openSync(this.#file, 'w', 0o600);
  }
}

function isFault(line: string, isError: boolean): boolean {
  if (!line.startsWith('{')) return isError && line.trim() !== '';
  const level = /"level":(\d+|"\w+")/.exec(line)?.[1] ?? '';
  return Number(level) >= 50 || /error|fatal/.test(level);
}
