/** Holds that whatever a user of the package can import tells what it is, and the events of the element what they hold. */
import { existsSync, readFileSync } from 'node:fs';
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

  it('says of every event of the element what its detail holds', () => {
    const page = readFileSync(join(root, 'docs/widget.md'), 'utf8').replace(/ +/g, ' ');
    const events = exportsOf(join(root, 'widget/index.ts'))
      .map((symbol) => original(symbol, checker))
      .filter((symbol) => /^DialNexa\w+Event$/.test(symbol.name));
    expect(events.length).toBeGreaterThan(6);
    const missing = events.flatMap((event) => {
      const detail = checker.getDeclaredTypeOfSymbol(event).getProperty('detail');
      if (!detail) return [event.name];
      const words = ts.displayPartsToString(detail.getDocumentationComment(checker));
      const cell = `\`${shapeOf(checker.getTypeOfSymbol(detail), checker)}\`: ${words} |`;
      const row = page.split('\n').find((line) => line.includes(`| \`${event.name}\` |`));
      return row?.endsWith(cell) ? [] : [`${event.name}: ${cell}`];
    });
    expect(missing).toEqual([]);
  });
});

/** A type that users can import by its name, else the names of what is in it. */
function shapeOf(type: ts.Type, checker: ts.TypeChecker): string {
  const name = type.aliasSymbol?.name ?? (type.isClass() ? type.symbol.name : undefined);
  if (name) return name;
  const names = checker.getPropertiesOfType(type).map((property) => property.name);
  return `{ ${names.join(', ')} }`;
}

function original(symbol: ts.Symbol, checker: ts.TypeChecker): ts.Symbol {
  return symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
}

function isDocumented(symbol: ts.Symbol, checker: ts.TypeChecker): boolean {
  return original(symbol, checker).getDocumentationComment(checker).length > 0;
}
