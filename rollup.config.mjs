/** Builds what browsers load: the SDK, the element for a tag or as a module, the chunks that these load later, and the console. */
import commonjs from '@rollup/plugin-commonjs';
import nodeResolve from '@rollup/plugin-node-resolve';
import license from 'rollup-plugin-license';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { transform } from 'esbuild';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { basename, dirname, join, sep } from 'node:path';
import { bundlesStamp, sourcesHash } from './scripts/build.mjs';
import { dropOldChunks } from './scripts/bundle/drop-old-chunks.mjs';
import { integrityOf } from './scripts/bundle/integrity.mjs';
import { litWithoutPolicy } from './scripts/bundle/lit-without-policy.mjs';
import { livekitFromSource } from './scripts/bundle/livekit-source.mjs';
import { smallCopies } from './scripts/bundle/small-copies.mjs';
import { withoutIndents } from './scripts/bundle/without-indents.mjs';
import { withoutUnusedMembers } from './scripts/bundle/without-unused-members.mjs';
import { withoutTypes } from './scripts/bundle/without-types.mjs';

const ROOT = fileURLToPath(new URL('.', import.meta.url));
const MEDIA_ENTRY = fileURLToPath(new URL('sdk/media/livekit-engine.ts', import.meta.url));
const CARD_ENTRY = fileURLToPath(new URL('widget/bundle/card-module.ts', import.meta.url));
const SHELL_ENTRY = fileURLToPath(new URL('widget/bundle/widget-module.ts', import.meta.url));
const TEXTS = fileURLToPath(new URL('widget/texts', import.meta.url));
const SMALL = { ecma: 2020, module: true, compress: { passes: 2 }, format: { comments: false } };
const BUNDLES = 'dist/bundle';

/** Our own TypeScript. Types are checked by `npm run types`; here they are only taken away. */
async function ownSources() {
  // The compiler takes a second to load, and a quick build has no use for it.
  const { default: typescript } = await import('@rollup/plugin-typescript');
  return typescript({
    tsconfig: false,
    include: ['sdk/**/*.ts', 'widget/**/*.ts', 'server/console/**/*.ts'],
    compilerOptions: {
      target: 'ES2022',
      module: 'ESNext',
      moduleResolution: 'Bundler',
      lib: ['ES2022', 'DOM', 'DOM.Iterable'],
      types: [],
      strict: true,
      skipLibCheck: true,
      noCheck: true,
      sourceMap: false,
      rootDir: '.',
      experimentalDecorators: true,
      useDefineForClassFields: false,
    },
  });
}

/** The same as `ownSources` and `terser` do, sooner: the compiler's own libraries take seconds to load, `terser` more. */
const quickly = {
  sources: {
    name: 'own-sources-quickly',
    resolveId(id, importer) {
      if (!importer?.endsWith('.ts') || !/^\.\.?\/.*\.js$/.test(id)) return null;
      const file = join(dirname(importer), id.replace(/js$/, 'ts'));
      return existsSync(file) ? file : null;
    },
    transform: (code, id) => (/\.ts$/.test(id) && isOwn(id) ? withoutTypes(code, id) : null),
  },
  minify: {
    name: 'minify-quickly',
    async renderChunk(code) {
      const small = { minify: true, target: 'es2020', legalComments: 'none' };
      return { code: (await transform(code, small)).code, map: null };
    },
  },
};

function isOwn(id) {
  return ['sdk', 'widget', 'server'].some((folder) => id.startsWith(join(ROOT, folder) + sep));
}

function plugins(isQuick, ...first) {
  return [
    ...first,
    livekitFromSource(),
    nodeResolve({
      browser: true,
      preferBuiltins: false,
      ignoreSideEffectsForRoot: true,
      extensions: ['.mjs', '.js', '.ts'],
      exportConditions: ['production'],
    }),
    commonjs(),
    isQuick ? quickly.sources : ownSources(),
    withoutIndents(isOwn),
    smaller(isQuick),
  ];
}

async function smaller(isQuick) {
  if (isQuick) return quickly.minify;
  const { default: terser } = await import('@rollup/plugin-terser');
  return terser(SMALL);
}

/** Where the button's script leaves its Lit for the card, which comes later and would bring another. */
const LIT = `globalThis[Symbol.for('dialnexa.lit@${versionOf('lit-html')}')]`;
const LIT_NAMES = '{ css, html, noChange, nothing, svg, _$LH }';
const SHARED_LIT = '\0shared-lit';

function versionOf(name) {
  return JSON.parse(readFileSync(join(ROOT, 'node_modules', name, 'package.json'), 'utf8')).version;
}

/** For the button: leaves Lit there. */
const sharesLit = {
  name: 'shares-lit',
  transform: (code, id) =>
    id === SHELL_ENTRY
      ? { code: `import ${LIT_NAMES} from 'lit';\n${code}\n${LIT} = ${LIT_NAMES};`, map: null }
      : null,
};

/** For the card: takes Lit from there. */
const takesLit = {
  name: 'takes-lit',
  resolveId: (id) => (/^lit$|(^|\/)lit-html\.js$/.test(id) ? SHARED_LIT : null),
  load: (id) => (id === SHARED_LIT ? `export const ${LIT_NAMES} = ${LIT};` : null),
};

/** The languages whose texts are loaded when they are needed, and a hash of all that makes them: the button has each name in full. */
const LANGUAGES = readdirSync(TEXTS).filter(
  (name) => /^[a-z]{2}\.ts$/.test(name) && name !== 'en.ts',
);
const TEXTS_HASH = sourcesHash(['scripts/bundle', 'widget/texts']).slice(0, 8);

/** The chunks of this build, by what they are made of. */
const built = new Map();

/** Notes the chunk that is made of this file. */
function notesChunk(entry) {
  return {
    name: 'notes-chunk',
    generateBundle(_, bundle) {
      const chunk = Object.values(bundle).find(({ facadeModuleId }) => facadeModuleId === entry);
      built.set(entry, { fileName: chunk.fileName, modules: ownModules(chunk) });
    },
  };
}

/** Where one of these files is imported dynamically, its chunk of an earlier build is loaded. */
function loadsBuilt(chunks) {
  return {
    name: 'loads-built',
    resolveDynamicImport(specifier) {
      const entry = chunks[specifier];
      return entry ? { id: `./${built.get(entry).fileName}`, external: 'relative' } : null;
    },
    generateBundle(_, bundle) {
      // A class of the SDK's in the media chunk as well would be another.
      const { modules = [] } = built.get(chunks['./livekit-engine.js']) ?? {};
      const twice = Object.values(bundle)
        .flatMap(ownModules)
        .filter((id) => modules.includes(id));
      if (twice.length > 0) this.error(`in two chunks: ${twice.join(', ')}`);
    },
  };
}

/** Our files of which a chunk holds some code. */
function ownModules({ modules = {} }) {
  return Object.keys(modules).filter((id) => isOwn(id) && modules[id].renderedLength > 0);
}

/** The same for the texts of a language: one address for all of them is shorter than an address each. */
const loadsTexts = {
  name: 'loads-texts',
  transform(code, id) {
    if (id !== join(TEXTS, 'languages.ts')) return null;
    const small = code.replace(/\(\) => import\('\.\/(\w+)\.js'\)/g, "loadChunk('$1')");
    const address = '`./' + textsChunk('${name}') + '`';
    return { code: `const loadChunk = (name) => () => import(${address});\n${small}`, map: null };
  },
};

/** A script from another origin has no base address of its own for `import()`. */
const knowsItsTag = {
  name: 'knows-its-tag',
  renderDynamicImport: () => ({ left: 'import(new URL(', right: ', dialnexaScriptUrl).href)' }),
  resolveImportMeta: (property) => (property === 'url' ? 'dialnexaScriptUrl' : null),
};

function printSizes() {
  return {
    name: 'print-sizes',
    writeBundle(_, bundle) {
      for (const [name, file] of Object.entries(bundle)) {
        if (file.type !== 'chunk') continue;
        const gz = gzipSync(file.code, { level: 9 }).length;
        const br = bundle[`${name}.br`]?.source.length;
        const also = br ? `, ${br} by brotli` : '';
        console.log(`${basename(name).padEnd(24)} ${String(gz).padStart(8)} bytes gzipped${also}`);
      }
    },
  };
}

/** Knows the hashes of the files of all outputs. */
const integrity = integrityOf();

/** What follows every file that pages load from another origin: copies, the end of its forerunners, its hash. */
const published = (isQuick) => [
  smallCopies(isQuick),
  dropOldChunks(BUNDLES),
  integrity,
  printSizes(),
];

/** What a call needs to be made, which pages load when one is wanted. */
const media = (isQuick) => ({
  input: { media: MEDIA_ENTRY },
  plugins: plugins(isQuick, ...(isQuick ? [] : [withoutUnusedMembers(join(ROOT, 'sdk'))])),
  output: {
    dir: BUNDLES,
    format: 'es',
    entryFileNames: '[name]-[hash].js',
    plugins: [notesChunk(MEDIA_ENTRY), ...published(isQuick)],
  },
});

const sdk = (isQuick) => ({
  input: { sdk: 'sdk/bundle/sdk-module.ts' },
  plugins: plugins(isQuick, loadsBuilt({ './livekit-engine.js': MEDIA_ENTRY })),
  output: {
    dir: BUNDLES,
    format: 'es',
    entryFileNames: '[name].js',
    // What the SDK loads beside the media code.
    chunkFileNames: 'preflight-[hash].js',
    plugins: published(isQuick),
  },
});

/** What the element loads when a call is wanted. */
const card = (isQuick) => ({
  input: { card: CARD_ENTRY },
  plugins: plugins(isQuick, takesLit, loadsBuilt({ './livekit-engine.js': MEDIA_ENTRY })),
  output: {
    dir: BUNDLES,
    format: 'es',
    entryFileNames: '[name]-[hash].js',
    plugins: [notesChunk(CARD_ENTRY), ...published(isQuick)],
  },
});

const textsChunk = (name) => `texts-${name.replace('.ts', '')}-${TEXTS_HASH}.js`;

/** The languages of the element but for English, a chunk each. */
const texts = (isQuick) => ({
  input: Object.fromEntries(LANGUAGES.map((name) => [name, join(TEXTS, name)])),
  plugins: plugins(isQuick),
  output: {
    dir: BUNDLES,
    format: 'es',
    entryFileNames: ({ name }) => textsChunk(name),
    plugins: published(isQuick),
  },
});

/** The element with its button, as a module and as a script for a tag. */
const widget = (isQuick) => ({
  input: SHELL_ENTRY,
  plugins: plugins(
    isQuick,
    sharesLit,
    litWithoutPolicy(),
    loadsTexts,
    loadsBuilt({ './call-card.js': CARD_ENTRY, '../sdk/media/livekit-engine.js': MEDIA_ENTRY }),
  ),
  output: [
    {
      file: `${BUNDLES}/widget.esm.js`,
      format: 'es',
      plugins: published(isQuick),
    },
    {
      file: `${BUNDLES}/widget.js`,
      format: 'iife',
      intro: 'const dialnexaScriptUrl = document.currentScript?.src || location.href;',
      // The minifier makes its own work smaller once more.
      plugins: [knowsItsTag, smaller(isQuick), ...published(isQuick)],
    },
  ],
});

/** The page around the console's script. */
function consoleShell() {
  return {
    name: 'console-shell',
    generateBundle() {
      const source = readFileSync('server/console/index.html', 'utf8');
      this.emitFile({ type: 'asset', fileName: 'index.html', source });
    },
  };
}

const consolePage = (isQuick) => ({
  input: 'server/console/main.ts',
  plugins: plugins(isQuick, consoleShell()),
  output: {
    dir: 'dist/console',
    format: 'es',
    entryFileNames: 'console.js',
    chunkFileNames: '[name]-[hash].js',
    plugins: [
      smallCopies(isQuick),
      printSizes(),
      { name: 'stamp', writeBundle: bundlesStamp(isQuick) },
    ],
  },
});

/**
 * LiveKit's client inside the published package: as a dependency it would refuse to be installed on some of the Node
 * versions that the package allows, and reach backends that never load it.
 */
const packagedMedia = () => ({
  input: 'sdk/media/livekit.ts',
  plugins: plugins(false),
  output: {
    file: 'dist/sdk/media/livekit.js',
    format: 'es',
    plugins: [notices('dist/sdk/media/livekit.notices.txt'), printSizes()],
  },
});

/** The licences of what was bundled, beside the bundle. */
function notices(file) {
  return license({ thirdParty: { output: { file: join(ROOT, file) } } });
}

/** `--configQuick` is for who tries the product out, and wants to see it soon; `--configPackage` for publishing. */
export default ({ configQuick: isQuick = false, configPackage: isPackage = false }) =>
  (isPackage ? [packagedMedia] : [media, sdk, card, texts, widget, consolePage]).map((bundle) =>
    bundle(isQuick),
  );
