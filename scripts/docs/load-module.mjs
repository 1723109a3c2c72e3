/** Brings a source of ours as it is now, whatever was built. */
import { build } from 'esbuild';
import { join } from 'node:path';

/** What the file at `path`, from the repository's folder, exports. It must not need packages. */
export async function loadModule(root, path) {
  const { outputFiles } = await build({
    entryPoints: [join(root, path)],
    bundle: true,
    format: 'esm',
    write: false,
    logLevel: 'silent',
  });
  const text = Buffer.from(outputFiles[0].contents).toString('base64');
  return import(`data:text/javascript;base64,${text}`);
}
