/**
 * `npm run docs`: writes the tables of the pages that come from the code, between `<!-- table: … -->` and `<!-- end -->`.
 * With `--check` it writes nothing, and fails when a page is not what it would be.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { elementTables } from './element-tables.mjs';
import { environmentTables } from './environment-tables.mjs';
import { explanationTables } from './explanation-tables.mjs';
import { modelTables } from './model-tables.mjs';
import { sdkTables } from './sdk-tables.mjs';
import { SourceProgram } from './source-program.mjs';

const PAGES = [
  'README.md',
  'docs/explanations.md',
  'docs/models.md',
  'docs/sdk.md',
  'docs/widget.md',
];
const PLACE = /<!-- table: ([\w-]+) -->\n[^]*?<!-- end -->/g;

const root = fileURLToPath(new URL('../..', import.meta.url));
const isCheck = process.argv.includes('--check');
const source = new SourceProgram(root, ['sdk/index.ts', 'widget/index.ts']);
const tables = {
  ...(await environmentTables(root)),
  ...(await explanationTables(root)),
  ...(await modelTables(root)),
  ...(await sdkTables(root, source)),
  ...elementTables(source),
};

const unused = new Set(Object.keys(tables));
const faults = [];
for (const page of PAGES) {
  const file = join(root, page);
  const before = readFileSync(file, 'utf8');
  const text = before.replace(PLACE, (_whole, name) => {
    if (!(name in tables)) throw new Error(`${page} wants a table that nobody makes: ${name}`);
    unused.delete(name);
    return `<!-- table: ${name} -->\n\n${tables[name]}\n\n<!-- end -->`;
  });
  const after = await format(text, { ...(await resolveConfig(file)), filepath: file });
  if (after === before) continue;
  if (isCheck) faults.push(`${page} is not what the code says: run \`npm run docs\`.`);
  else writeFileSync(file, after);
}
for (const name of unused) faults.push(`No page has a place for the table ${name}.`);
for (const fault of faults) console.error(fault);
process.exitCode = faults.length > 0 ? 1 : 0;
