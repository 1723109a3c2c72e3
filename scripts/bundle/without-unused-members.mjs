/** A plugin of rollup: takes methods of classes out of a chunk that nothing names. Bundlers leave all of them in. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { rollup } from 'rollup';
import { edited, walk } from './syntax.mjs';

/** Methods that engines call by a name that no code need hold. */
const CALLED_BY_ENGINES =
  'constructor toString toJSON valueOf then catch finally next return throw handleEvent ' +
  'start pull cancel write close abort transform flush';

/**
 * For a chunk that stands alone: only the TypeScript in `folder` uses what it exports. A method is unused when neither
 * this nor the chunk has its name as a word or as a text: code must not put such names together.
 */
export function withoutUnusedMembers(folder) {
  const outside = new Set(CALLED_BY_ENGINES.split(' '));
  return {
    name: 'without-unused-members',
    buildStart() {
      for (const file of readdirSync(folder, { recursive: true })) {
        if (!file.endsWith('.ts')) continue;
        const words = readFileSync(join(folder, file), 'utf8').match(/[\w$]+/g) ?? [];
        for (const word of words) outside.add(word);
      }
    },
    async renderChunk(code) {
      let left = code;
      // What only unused methods named is unused as well.
      for (;;) {
        const fewer = withoutUnused(left, this.parse(left), outside);
        if (fewer === left) return { code: left, map: null };
        left = await shaken(fewer);
      }
    },
  };
}

function withoutUnused(code, ast, outside) {
  const used = new Set(outside);
  const methods = [];
  walk(ast, (node, parent, key) => {
    if (node.type === 'Identifier') {
      const isName = parent.type === 'MethodDefinition' && key === 'key' && !parent.computed;
      if (isName) methods.push(parent);
      else used.add(node.name);
    } else if (node.type === 'Literal') used.add(String(node.value));
    else if (node.type === 'TemplateElement') used.add(node.value.cooked);
  });
  const unused = methods.filter(({ key }) => !used.has(key.name));
  return edited(
    code,
    unused.map(({ start, end }) => [start, end, '']),
  );
}

/** The code without what nothing uses any more. */
async function shaken(code) {
  const only = { name: 'only', resolveId: (id) => id, load: () => code };
  const build = await rollup({ input: 'chunk', plugins: [only] });
  const { output } = await build.generate({ format: 'es' });
  return output[0].code;
}
