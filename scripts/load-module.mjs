/** Brings a source of ours as it is now, whatever was built. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

/** What the file at `path`, from the repository's folder, exports; its types are not checked. */
export async function loadModule(root, path) {
  const file = join(root, 'node_modules/.cache/sources', path.replace(/\.ts$/, '.mjs'));
  await build({
    entryPoints: [join(root, path)],
    outfile: file,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    logLevel: 'error',
  });
  return import(`${pathToFileURL(file).href}?${Date.now()}`);
}
