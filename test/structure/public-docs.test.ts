/** Holds that whatever a user of the package can import tells what it is. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { root } from './source-files.js';

const GENERATED = 'sdk/wire/generated.ts';
const entries = [
  'sdk/index.ts',
  'sdk/backend/index.ts',
  'widget/index.ts',
  'widget/react/index.ts',
].filter((entry) => existsSync(join(root, entry)));

describe('the public surface', () => {
  const files = entries.map((entry) => join(root, entry));
  const program = ts.createProgram(files, {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    noEmit: true,
    strict: true,
    skipLibCheck: true,
    types: [],
  });
  const checker = program.getTypeChecker();
  const exportsOf = (file: string): ts.Symbol[] => {
    const source = program.getSourceFile(file);
    const module = source && checker.getSymbolAtLocation(source);
    return module ? checker.getExportsOfModule(module) : [];
  };

  it('documents every export', () => {
    const bare = files.flatMap((file) =>
      exportsOf(file)
        .filter((symbol) => !isDocumented(symbol, checker))
        .map((symbol) => `${symbol.name} of ${file.slice(root.length)}`),
    );
    expect(bare).toEqual([]);
  });

  it('tells of every property of what REST carries, in editors too', () => {
    const wire = exportsOf(join(root, 'sdk/backend/index.ts'))
      .map((symbol) => original(symbol, checker))
      .filter((symbol) => symbol.declarations?.[0]?.getSourceFile().fileName.endsWith(GENERATED));
    expect(wire.length).toBeGreaterThan(12);
    const bare = wire.flatMap((symbol) => {
      const type = checker.getDeclaredTypeOfSymbol(symbol);
      return (type.isUnion() ? type.types : [type])
        .filter((part) => !part.isStringLiteral())
        .flatMap((part) => checker.getPropertiesOfType(part))
        .filter((property) => property.getDocumentationComment(checker).length === 0)
        .map((property) => `${symbol.name}.${property.name}`);
    });
    expect(bare).toEqual([]);
  });
});

function original(symbol: ts.Symbol, checker: ts.TypeChecker): ts.Symbol {
  return symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
}

function isDocumented(symbol: ts.Symbol, checker: ts.TypeChecker): boolean {
  return original(symbol, checker).getDocumentationComment(checker).length > 0;
}
