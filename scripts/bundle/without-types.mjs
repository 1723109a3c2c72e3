/** Takes the types out of TypeScript. */
import { transform } from 'esbuild';

/** What rollup's `transform` returns for the TypeScript file `id`. */
export async function withoutTypes(code, id) {
  const compilerOptions = { useDefineForClassFields: false, experimentalDecorators: true };
  const built = await transform(code, {
    loader: 'ts',
    target: 'es2022',
    sourcefile: id,
    tsconfigRaw: { compilerOptions },
  });
  return { code: built.code, map: null };
}
