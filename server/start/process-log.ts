/** Keeps what a process prints in a file of bounded size, and shows the lines that matter. */
import { closeSync, existsSync, mkdirSync, openSync, renameSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

const maxBytes = 5_000_000;

/** One process's log file; the file before it is kept as `.1`. */
export class ProcessLog {
  readonly #file: string;
  readonly #show: (line: string) => void;
  #handle: number;
  #bytes = 0;
  /** The last line that looked like a fault, for the sentence when the process does not start. */
  lastFault = '';

  constructor(file: string, show: (line: string) => void) {
    mkdirSync(dirname(file), { recursive: true });
    this.#file = file;
    this.#show = show;
    this.#handle = this.#open();
  }

  /** Follows a stream until it ends. */
  follow(stream: Readable | null, isError: boolean): void {
    if (!stream) return;
    createInterface({ input: stream }).on('line', (line) => {
      this.#write(line);
      if (!isFault(line, isError)) return;
      this.lastFault = line;
      this.#show(line);
    });
  }

  close(): void {
    closeSync(this.#handle);
    this.#handle = -1;
  }

  #write(line: string): void {
    if (this.#handle < 0) return;
    if (this.#bytes > maxBytes) {
      closeSync(this.#handle);
      this.#handle = this.#open();
      this.#bytes = 0;
    }
    this.#bytes += writeSync(this.#handle, `${line}\n`);
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
