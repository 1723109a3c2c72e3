/** A plugin of rollup: compressed copies beside each file that it makes. */
import { rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

/** Names of a file's copies, and how they are made. */
const COPIES = {
  br: (bytes) =>
    promisify(brotliCompress)(bytes, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
        [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
      },
    }),
  gz: (bytes) => promisify(gzip)(bytes, { level: 9 }),
};
/** Bytes; the server sends what is shorter as it is. */
const WORTH_A_COPY = 1024;

/** Compressed copies beside each file, for the server to send. A quick build makes none, and leaves none of an earlier one. */
export function smallCopies(isQuick) {
  return {
    name: 'small-copies',
    async generateBundle(_, bundle) {
      if (isQuick) return;
      const work = Object.values(bundle).flatMap(({ fileName, code, source }) => {
        const bytes = Buffer.from(code ?? source);
        if (bytes.length < WORTH_A_COPY) return [];
        return Object.entries(COPIES).map(async ([suffix, compress]) => {
          const copy = { fileName: `${fileName}.${suffix}`, source: await compress(bytes) };
          this.emitFile({ type: 'asset', ...copy });
        });
      });
      await Promise.all(work);
    },
    writeBundle({ dir, file }, bundle) {
      const folder = dir ?? dirname(file);
      const names = Object.keys(bundle).flatMap((name) =>
        Object.keys(COPIES).map((suffix) => `${name}.${suffix}`),
      );
      for (const name of names) if (!(name in bundle)) rmSync(join(folder, name), { force: true });
    },
  };
}
