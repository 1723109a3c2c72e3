/** Reads the product's sources once, with what each of them imports and exports. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

/** The repository's folder. */
export const root = fileURLToPath(new URL('../..', import.meta.url));

/** One import, re-export or `import()`. */
export interface ImportEdge {
  /** A path inside the repository for our own files, else the package as written. */
  target: string;
  own: boolean;
  typeOnly: boolean;
  dynamic: boolean;
}

/** One source file. */
export interface SourceFile {
  path: string;
  lines: number;
  imports: ImportEdge[];
  hasDefaultExport: boolean;
  head: string;
}

/** Every TypeScript source of the product; tests are not part of it. */
export function readSources(): SourceFile[] {
  return ['sdk', 'widget', 'server']
    .flatMap((folder) => filesIn(join(root, folder)))
    .map(readSource);
}

/** The files and packages that loading one file loads too; with `dynamic`, those that may follow later as well. */
export function reachable(
  sources: readonly SourceFile[],
  path: string,
  dynamic: boolean,
): Set<string> {
  const byPath = new Map(sources.map((source) => [source.path, source]));
  const found = new Set<string>();
  const visit = (target: string): void => {
    if (found.has(target)) return;
    found.add(target);
    for (const edge of byPath.get(target)?.imports ?? []) {
      if (!edge.typeOnly && (dynamic || !edge.dynamic)) visit(edge.target);
    }
  };
  visit(path);
  return found;
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter(
      (entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !entry.name.endsWith('.d.ts'),
    )
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

function readSource(file: string): SourceFile {
  const text = readFileSync(file, 'utf8');
  const tree = ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true);
  const imports: ImportEdge[] = [];
  const add = (specifier: string, typeOnly: boolean, dynamic: boolean): void => {
    const own = specifier.startsWith('.');
    const target = own ? ownPath(file, specifier) : specifier;
    imports.push({ target, own, typeOnly, dynamic });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) {
      add(node.moduleSpecifier.text, isTypeOnly(node.importClause), false);
    } else if (ts.isExportDeclaration(node) && node.moduleSpecifier) {
      add((node.moduleSpecifier as ts.StringLiteral).text, node.isTypeOnly, false);
    } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      const [first] = node.arguments;
      if (first && ts.isStringLiteral(first)) add(first.text, false, true);
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return {
    path: relative(root, file),
    lines: text.split('\n').length - 1,
    imports,
    hasDefaultExport: /^export default /m.test(text) || /\bas default\b/.test(text),
    head: text.slice(0, 300),
  };
}

function isTypeOnly(clause: ts.ImportClause | undefined): boolean {
  if (!clause) return false;
  if (clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true;
  const named = clause.namedBindings;
  if (clause.name || !named || !ts.isNamedImports(named)) return false;
  return named.elements.length > 0 && named.elements.every((element) => element.isTypeOnly);
}

function ownPath(file: string, specifier: string): string {
  const path = relative(root, normalize(join(dirname(file), specifier)));
  return path.replace(/\.js$/, '.ts');
}
