/** Pages of React, Vue and Svelte with the element in them, rendered on a server and bundled for a browser. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'esbuild';
import { compile } from 'svelte/compiler';
import { compileScript, parse } from 'vue/compiler-sfc';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** How a page of a framework becomes HTML, and how a browser takes that over. */
const ENTRIES = {
  jsx: {
    render: `import { createElement } from 'react';
      import { renderToString } from 'react-dom/server';
      import { Call } from './PAGE';
      export const render = (props) => renderToString(createElement(Call, props));`,
    hydrate: `import { createElement, StrictMode, useEffect } from 'react';
      import { hydrateRoot } from 'react-dom/client';
      import { Call } from './PAGE';
      globalThis.hydrate = (root, props) => new Promise((resolve) => {
        const Page = () => { useEffect(resolve, []); return createElement(Call, props); };
        hydrateRoot(root, createElement(StrictMode, null, createElement(Page)));
      });`,
  },
  vue: {
    render: `import { createSSRApp } from 'vue';
      import { renderToString } from 'vue/server-renderer';
      import Call from './PAGE';
      export const render = (props) => renderToString(createSSRApp(Call, props));`,
    hydrate: `import { createSSRApp } from 'vue';
      import Call from './PAGE';
      globalThis.hydrate = (root, props) => void createSSRApp(Call, props).mount(root);`,
  },
  svelte: {
    render: `import { render as toHtml } from 'svelte/server';
      import Call from './PAGE';
      export const render = (props) => toHtml(Call, { props }).body;`,
    hydrate: `import { hydrate } from 'svelte';
      import Call from './PAGE';
      globalThis.hydrate = (root, props) => void hydrate(Call, { target: root, props });`,
  },
};

/** A language of the blocks in docs/widget.md. */
export type Framework = keyof typeof ENTRIES;

/** A page as it is written. */
export interface PageSource {
  framework: Framework;
  source: string;
}

/** What a server sends for a page: HTML, and a script that brings the element and `hydrate(root, props)`. */
export interface FrameworkPage {
  html: string;
  script: string;
}

/** The page that docs/widget.md shows for a framework. */
export function documentedPage(framework: Framework): string {
  const docs = readFileSync(join(root, 'docs/widget.md'), 'utf8');
  const [, source] = new RegExp(`^\`\`\`${framework}\\n([^]*?)^\`\`\``, 'm').exec(docs) ?? [];
  if (!source) throw new Error(`docs/widget.md shows nothing in ${framework}`);
  return source;
}

/** Renders and bundles pages, by their names, in a project that has the packed package. */
export async function buildPages(
  tarball: string,
  pages: Record<string, PageSource>,
  props: object,
): Promise<Record<string, FrameworkPage>> {
  const folder = mkdtempSync(join(tmpdir(), 'web-call-frameworks-'));
  const own = join(folder, 'node_modules/@dialnexa/web-call');
  mkdirSync(own, { recursive: true });
  execFileSync('tar', ['xzf', tarball, '--strip-components=1', '-C', own]);
  for (const name of ['lit', 'react', 'react-dom', 'vue', 'svelte']) {
    symlinkSync(join(root, 'node_modules', name), join(folder, 'node_modules', name));
  }
  const names = Object.keys(pages);
  for (const [name, { framework, source }] of Object.entries(pages)) {
    const file = `${name}.${framework}`;
    writeFileSync(join(folder, file), source);
    for (const [part, entry] of Object.entries(ENTRIES[framework])) {
      writeFileSync(join(folder, `${name}.${part}.js`), entry.replace('PAGE', file));
    }
  }
  const common = {
    absWorkingDir: folder,
    bundle: true,
    format: 'esm',
    target: 'es2022',
    jsx: 'automatic',
    logLevel: 'silent',
  } as const;
  await build({
    ...common,
    entryPoints: names.map((name) => `${name}.render.js`),
    outdir: 'server',
    outExtension: { '.js': '.mjs' },
    packages: 'external',
    platform: 'node',
    plugins: [compiled('server')],
  });
  await build({
    ...common,
    entryPoints: names.map((name) => `${name}.hydrate.js`),
    outdir: 'client',
    // What differs between server and browser is told in development.
    conditions: ['development'],
    define: {
      'process.env.NODE_ENV': '"development"',
      __VUE_OPTIONS_API__: 'true',
      __VUE_PROD_DEVTOOLS__: 'false',
      __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'true',
    },
    plugins: [compiled('client')],
  });
  const rendered = `const pages = {};
    for (const name of ${JSON.stringify(names)}) {
      const { render } = await import('./server/' + name + '.render.mjs');
      pages[name] = await render(${JSON.stringify(props)});
    }
    console.log(JSON.stringify(pages));`;
  const args = ['--input-type=module', '-e', rendered];
  const out = execFileSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
  const built = Object.entries(JSON.parse(out) as Record<string, string>).map(([name, html]) => {
    const script = readFileSync(join(folder, `client/${name}.hydrate.js`), 'utf8');
    return [name, { html, script }];
  });
  rmSync(folder, { recursive: true });
  return Object.fromEntries(built) as Record<string, FrameworkPage>;
}

/** Vue and Svelte by their own compilers. */
function compiled(side: 'server' | 'client'): Plugin {
  const vue = (source: string): string => {
    const isCustomElement = (tag: string): boolean => tag === 'dialnexa-call';
    const compilerOptions = { isCustomElement };
    const templateOptions = { ssr: side === 'server', ssrCssVars: [], compilerOptions };
    const { descriptor } = parse(source, { templateParseOptions: compilerOptions });
    return compileScript(descriptor, { id: 'page', inlineTemplate: true, templateOptions }).content;
  };
  const svelte = (source: string): string =>
    compile(source, { generate: side, dev: true, filename: 'Page.svelte' }).js.code;
  return {
    name: 'compiled',
    setup(building) {
      building.onLoad({ filter: /\.(vue|svelte)$/ }, ({ path }) => {
        const source = readFileSync(path, 'utf8');
        return { contents: extname(path) === '.vue' ? vue(source) : svelte(source) };
      });
    },
  };
}
