/** A plugin of rollup: tells pages by which hash they know the files of a build. */
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Writes the hashes of all chunks that it has seen of this build beside them, as `integrity.json`. */
export function integrityOf() {
  const known = {};
  return {
    name: 'integrity',
    writeBundle({ dir, file }, bundle) {
      for (const { type, fileName, code } of Object.values(bundle)) {
        if (type !== 'chunk') continue;
        known[fileName] = `sha384-${createHash('sha384').update(code).digest('base64')}`;
      }
      const text = `${JSON.stringify(known, null, 2)}\n`;
      writeFileSync(join(dir ?? dirname(file), 'integrity.json'), text);
    },
  };
}
