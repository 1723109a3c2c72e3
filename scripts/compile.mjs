/**
 * The compiler's build mode, `tsc -b`, with files that are replaced as a whole: a server of this folder may load them
 * meanwhile. `node scripts/compile.mjs [--noCheck] [project ...]`; without a project all of them, the tests' included.
 */
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { writeWhole } from './write-whole.mjs';

const words = process.argv.slice(2);
const projects = words.filter((word) => !word.startsWith('--'));
const system = {
  ...ts.sys,
  writeFile: (file, text, hasMark) => writeWhole(file, hasMark ? `\uFEFF${text}` : text),
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
const root = fileURLToPath(new URL('..', import.meta.url));
const options = words.includes('--noCheck') ? { noCheck: true } : {};
const builder = ts.createSolutionBuilder(host, projects.length > 0 ? projects : [root], options);
process.exitCode = builder.build();
