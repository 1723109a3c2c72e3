/** How large code is for the page that loads it. */
import { readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { build } from 'esbuild';

const NOTHING = { plain: 0, gzip: 0, brotli: 0 };

/** Bytes of these scripts, each compressed by itself as it is sent. */
export function sizeOf(scripts) {
  return scripts.reduce((sum, script) => {
    const params = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY };
    return {
      plain: sum.plain + script.length,
      gzip: sum.gzip + gzipSync(script, { level: 9 }).length,
      brotli: sum.brotli + brotliCompressSync(script, { params }).length,
    };
  }, NOTHING);
}

/** The size of a package's script that pages load as it is: all at once. */
export function sizeOfFile(folder, name, file) {
  return {
    first: sizeOf([readFileSync(join(folder, 'node_modules', name, file))]),
    later: NOTHING,
  };
}

/** What an application loads at first that is made of this code, and what `import()` brings later. */
export async function sizeOfBundle(folder, code) {
  writeFileSync(join(folder, 'entry.mjs'), code);
  const { outputFiles, metafile } = await build({
    absWorkingDir: folder,
    entryPoints: ['entry.mjs'],
    outdir: 'out',
    bundle: true,
    minify: true,
    splitting: true,
    format: 'esm',
    platform: 'browser',
    legalComments: 'none',
    loader: { '.css': 'empty' },
    define: { 'process.env.NODE_ENV': '"production"' },
    write: false,
    metafile: true,
    logLevel: 'silent',
  });
  const first = new Set();
  const follow = (path) => {
    if (first.has(path)) return;
    first.add(path);
    for (const { kind, path: next } of metafile.outputs[path]?.imports ?? []) {
      if (kind === 'import-statement') follow(next);
    }
  };
  follow('out/entry.js');
  const names = new Set([...first].map((path) => basename(path)));
  const contents = (isFirst) =>
    outputFiles
      .filter(({ path }) => names.has(basename(path)) === isFirst)
      .map((file) => file.contents);
  return { first: sizeOf(contents(true)), later: sizeOf(contents(false)) };
}
