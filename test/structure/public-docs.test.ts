/** Holds that whatever a user of the package can import tells what it is. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { root } from './source-files.js';

const entries = [
  'sdk/index.ts',
  'sdk/backend/index.ts',
  'widget/index.ts',
  'widget/react/index.ts',
].filter((entry) => existsSync(join(root, entry)));

describe('the public surface', () => {
  it('documents every export', () => {
    const files = entries.map((entry) => join(root, entry));
    const program = ts.createProgram(files, {
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.NodeNext,
      moduleResolution: ts.ModuleResolutionKind.NodeNext,
      noEmit: true,
      skipLibCheck: true,
      types: [],
    });
    const checker = program.getTypeChecker();
    const bare = files.flatMap((file) => {
      const source = program.getSourceFile(file);
      const module = source && checker.getSymbolAtLocation(source);
      if (!module) return [];
      return checker
        .getExportsOfModule(module)
        .filter((symbol) => !isDocumented(symbol, checker))
        .map((symbol) => `${symbol.name} of ${file.slice(root.length)}`);
    });
    expect(bare).toEqual([]);
  });
});

function isDocumented(symbol: ts.Symbol, checker: ts.TypeChecker): boolean {
  const real = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  return real.getDocumentationComment(checker).length > 0;
}
