/** Writes a file that a process may be reading: whoever opens it has the old one or the new one, and never a part. */
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** Makes the folder too. A file that holds this already is left as it is. */
export function writeWhole(file, contents) {
  if (holds(file, contents)) return;
  const next = `${file}.${process.pid}.next`;
  mkdirSync(dirname(file), { recursive: true });
  try {
    writeFileSync(next, contents);
    renameSync(next, file);
  } catch (error) {
    rmSync(next, { force: true });
    throw error;
  }
}

function holds(file, contents) {
  try {
    return readFileSync(file).equals(Buffer.from(contents));
  } catch {
    return false;
  }
}
