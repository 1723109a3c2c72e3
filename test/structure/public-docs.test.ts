/** Holds that whatever a user of the package can import tells what it is. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SourceProgram } from '../../scripts/docs/source-program.mjs';
import { root } from './source-files.js';

const GENERATED = 'sdk/wire/generated.ts';
const entries = [
  'sdk/index.ts',
  'sdk/backend/index.ts',
  'widget/index.ts',
  'widget/react/index.ts',
].filter((entry) => existsSync(join(root, entry)));

describe('the public surface', () => {
  const source = new SourceProgram(root, entries);
  const { checker } = source;

  it('documents every export', () => {
    const bare = entries.flatMap((entry) =>
      source
        .exports(entry)
        .filter((symbol) => source.comment(source.original(symbol)) === '')
        .map((symbol) => `${symbol.name} of ${entry}`),
    );
    expect(bare).toEqual([]);
  });

  it('tells of every property of what REST carries, in editors too', () => {
    const wire = source
      .exports('sdk/backend/index.ts')
      .map((symbol) => source.original(symbol))
      .filter((symbol) => symbol.declarations?.[0]?.getSourceFile().fileName.endsWith(GENERATED));
    expect(wire.length).toBeGreaterThan(12);
    const bare = wire.flatMap((symbol) => {
      const type = checker.getDeclaredTypeOfSymbol(symbol);
      return (type.isUnion() ? type.types : [type])
        .filter((part) => !part.isStringLiteral())
        .flatMap((part) => checker.getPropertiesOfType(part))
        .filter((property) => source.comment(property) === '')
        .map((property) => `${symbol.name}.${property.name}`);
    });
    expect(bare).toEqual([]);
  });
});
