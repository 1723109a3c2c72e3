/** A plugin of rollup: takes away what earlier builds left. */
import { readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** A page that was opened before a deploy still asks for the media chunk of its own build. */
const KEPT_BUILDS = 5;

/** The addresses that pages name; all other files are chunks, `name-hash.js`. */
const FIXED = ['sdk.js', 'widget.js', 'widget.esm.js', 'integrity.json'];

/** Takes away what earlier builds left, but for the last few of the chunks that this one makes, and only when the new ones are there. */
export function dropOldChunks(folder) {
  return {
    name: 'drop-old-chunks',
    writeBundle(_, bundle) {
      const kindOf = (name) => /^(media|card|preflight|texts-[a-z]+)-.+\.js$/.exec(name)?.[1];
      const made = Object.keys(bundle).map(kindOf).filter(Boolean);
      const old = readdirSync(folder).filter((name) => !(name in bundle));
      const builtAt = (name) => statSync(join(folder, name)).mtimeMs;
      const chunks = old
        .filter((name) => made.includes(kindOf(name)))
        .sort((a, b) => builtAt(b) - builtAt(a));
      const kept = made.flatMap((kind) =>
        chunks.filter((name) => kindOf(name) === kind).slice(0, KEPT_BUILDS),
      );
      const isKept = (name) => {
        if (name in bundle) return false;
        const isOthers = FIXED.includes(name) || (kindOf(name) && !made.includes(kindOf(name)));
        return isOthers || kept.includes(name);
      };
      for (const name of old.filter((one) => !isKept(one.replace(/\.(br|gz)$/, '')))) {
        rmSync(join(folder, name));
      }
    },
  };
}
