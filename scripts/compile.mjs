/**
 * The compiler's build mode, `tsc -b`, with files that are replaced as a whole: a server of this folder may load them
 * meanwhile. `node scripts/compile.mjs [--noCheck] [--force] [project ...]`; without a project all of them, the tests' included.
 * `--force` writes all files: others write some of them too (`buildCode`), of which the compiler knows nothing.
 */
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { codeStamp, forgetCode } from './build.mjs';
import { writeWhole } from './write-whole.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const words = process.argv.slice(2);
const projects = words.filter((word) => !word.startsWith('--'));
const isForced = words.includes('--force');
const stampAll = isForced && (projects.length === 0 || projects.includes('server')) && codeStamp();
const system = {
  ...ts.sys,
  writeFile: (file, text, hasMark) => {
    if (file.endsWith('.js') && file.startsWith(join(root, 'dist') + sep)) forgetCode();
    writeWhole(file, hasMark ? `\uFEFF${text}` : text);
  },
};
const say = (text) => process.stdout.write(text);
const forms = {
  getCurrentDirectory: ts.sys.getCurrentDirectory,
  getCanonicalFileName: (file) => file,
  getNewLine: () => ts.sys.newLine,
};
const isColoured = Boolean(process.stdout.isTTY);
const format = isColoured ? ts.formatDiagnosticsWithColorAndContext : ts.formatDiagnostics;
const host = ts.createSolutionBuilderHost(system, undefined, (problem) =>
  say(format([problem], forms)),
);
const options = { force: isForced, ...(words.includes('--noCheck') ? { noCheck: true } : {}) };
const builder = ts.createSolutionBuilder(host, projects.length > 0 ? projects : [root], options);
process.exitCode = builder.build();
// A fault of types leaves the code as good as it is.
if (stampAll) stampAll();
