/** Lint rules: promises are handled, types are honest, and every folder keeps to its own imports. */
import js from '@eslint/js';
import { configs as lit } from 'eslint-plugin-lit';
import litA11y from 'eslint-plugin-lit-a11y';
import tseslint from 'typescript-eslint';

const noDefaultExport = {
  selector: 'ExportDefaultDeclaration',
  message: 'Named exports only: a default export has no name to search for.',
};

/** Forbids packages and folders in one folder. The structure test resolves paths and is the stricter one. */
function keepOut(files, packages, message, ignores = []) {
  return {
    files,
    ignores,
    rules: {
      'no-restricted-imports': ['error', { patterns: [{ group: packages, message }] }],
    },
  };
}

const node = ['node:*', 'hono', 'hono/*', '@hono/*', 'drizzle-orm', 'drizzle-orm/*', 'pg', 'pino'];
const mediaAgents = ['@livekit/agents', '@livekit/agents-plugin-*', '@livekit/rtc-node'];
const storage = ['drizzle-orm', 'drizzle-orm/*', 'pg', '@electric-sql/*'];
const web = ['hono', 'hono/*', '@hono/*'];

export default tseslint.config(
  {
    ignores: [
      'dist/**',
      'node_modules/**',
      '.data/**',
      '.cache/**',
      'server/store/migrations/**',
      'examples/**',
      // Projects of others, each with its own settings.
      'test/package/projects/**',
      '**/*.d.ts',
      '**/*.d.mts',
    ],
  },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': ['error', { ignoreVoid: true }],
      '@typescript-eslint/no-misused-promises': [
        'error',
        { checksVoidReturn: { inheritedMethods: false } },
      ],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_' },
      ],
      // A port may be asynchronous although one adapter has nothing to wait for.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      // Codes that we know beside codes that we do not: `'a' | (string & {})` reads better as documentation.
      '@typescript-eslint/no-redundant-type-constituents': 'off',
      // Verbs and ports are plain objects of functions; nothing in them uses `this`.
      '@typescript-eslint/unbound-method': 'off',
      // It takes `unknown` with a default for an object.
      '@typescript-eslint/no-base-to-string': 'off',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-restricted-syntax': ['error', noDefaultExport],
    },
  },
  {
    files: ['{sdk,widget,server}/**/*.ts'],
    // The files in which a process of ours begins.
    ignores: ['**/main.ts', '**/*-main.ts', '**/fetch-models.ts', 'server/start/**'],
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: 'Only main.ts reads the environment.' },
      ],
    },
  },
  {
    files: ['widget/**/*.ts', 'server/console/**/*.ts'],
    ...lit['flat/recommended'],
  },
  {
    files: ['widget/**/*.ts', 'server/console/**/*.ts'],
    plugins: { 'lit-a11y': litA11y },
    rules: litA11y.configs.recommended.rules,
  },
  keepOut(
    ['sdk/**/*.ts'],
    [...node, 'lit', 'lit/*', ...mediaAgents],
    'The SDK runs in a browser and draws nothing.',
    ['sdk/backend/**'],
  ),
  keepOut(
    ['sdk/backend/**/*.ts'],
    ['lit', 'lit/*', 'livekit-client', ...web, ...storage],
    'The backend client has no DOM and no server in it.',
  ),
  keepOut(
    ['widget/**/*.ts'],
    [...node, 'livekit-client', ...mediaAgents],
    'The widget draws the SDK and decides nothing.',
  ),
  keepOut(
    ['server/console/**/*.ts'],
    [...node, 'livekit-client', ...mediaAgents],
    'The console runs in a browser.',
  ),
  keepOut(
    ['server/domain/**/*.ts'],
    [
      ...web,
      ...storage,
      ...mediaAgents,
      'livekit-client',
      'livekit-server-sdk',
      'pino',
      '@livekit/*',
    ],
    'The domain imports nothing but itself.',
  ),
  keepOut(
    ['server/http/**/*.ts'],
    [...storage, ...mediaAgents, 'livekit-client', 'livekit-server-sdk', '@livekit/*'],
    'A route parses, calls one verb, answers.',
  ),
  keepOut(
    ['server/store/**/*.ts'],
    [...web, ...mediaAgents, 'livekit-client', 'livekit-server-sdk', '@livekit/*'],
    'The store knows SQL and objects only.',
  ),
  keepOut(
    ['server/livekit/**/*.ts'],
    [...web, ...storage, ...mediaAgents.filter((name) => name !== '@livekit/rtc-node')],
    'This is the client of LiveKit’s APIs, nothing else.',
  ),
  keepOut(
    ['server/workers/**/*.ts'],
    [...web, ...storage, ...mediaAgents, 'livekit-client', 'livekit-server-sdk', '@livekit/*'],
    'Workers call verbs of the domain.',
  ),
  keepOut(
    ['server/embedded/**/*.ts'],
    [...web, ...storage, ...mediaAgents, 'livekit-client', 'livekit-server-sdk'],
    'The media server stands alone.',
  ),
  keepOut(
    ['server/agent/**/*.ts'],
    [...web, ...storage, 'livekit-client'],
    'The worker reaches the server over REST only.',
  ),
  {
    files: ['test/**/*.ts'],
    rules: {
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
    },
  },
  {
    files: ['**/*.{js,mjs}'],
    languageOptions: {
      globals: {
        console: 'readonly',
        process: 'readonly',
        URL: 'readonly',
        URLSearchParams: 'readonly',
        fetch: 'readonly',
        setTimeout: 'readonly',
        clearTimeout: 'readonly',
        setInterval: 'readonly',
        clearInterval: 'readonly',
        Buffer: 'readonly',
        performance: 'readonly',
        AbortSignal: 'readonly',
        AbortController: 'readonly',
      },
    },
  },
  {
    // The agent framework takes a job's entry as the default export of a file.
    files: ['server/agent/job-main.ts'],
    rules: { 'no-restricted-syntax': 'off' },
  },
);
