/** A PGlite folder that has nothing in it yet: copying it takes a moment, having PGlite make one takes seconds. */
import { cpSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const template = fileURLToPath(new URL('../../node_modules/.cache/pglite-empty', import.meta.url));

/** Makes the folder once; afterwards it is there. */
export async function ensurePgliteTemplate() {
  if (existsSync(template)) return;
  const making = `${template}.${process.pid}`;
  const { PGlite } = await import('@electric-sql/pglite');
  mkdirSync(dirname(template), { recursive: true });
  rmSync(making, { recursive: true, force: true });
  const empty = await PGlite.create({ dataDir: making });
  await empty.close();
  renameSync(making, template);
}

/** Gives a data folder a database without tables, as far as there is a template. */
export function copyPgliteTemplate(dataDir) {
  if (existsSync(template)) cpSync(template, join(dataDir, 'database'), { recursive: true });
}
