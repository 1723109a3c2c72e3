/** Holds which folder may import which, who may load the media code, and that nothing imports in a circle. */
import { describe, expect, it } from 'vitest';
import { reachable, readSources, type ImportEdge, type SourceFile } from './source-files.js';

const sources = readSources();

/** The parts, most specific first. */
const parts = [
  'sdk/wire',
  'sdk/rest/core',
  'sdk/backend',
  'sdk',
  'widget',
  'server/http',
  'server/demo',
  'server/domain',
  'server/locks',
  'server/network',
  'server/store',
  'server/livekit',
  'server/tracing',
  'server/analysis',
  'server/dialogue',
  'server/embedded',
  'server/agent',
  'server/workers',
  'server/console',
  'server/start',
  'server/environment',
  'server',
] as const;
type Part = (typeof parts)[number];

/** To what a part may point, beside itself. `types:` allows `import type` only. */
const allowed: Record<Part, string[]> = {
  'sdk/wire': [],
  'sdk/rest/core': ['sdk/wire'],
  'sdk/backend': ['sdk/wire', 'sdk/rest/core'],
  sdk: ['sdk/wire', 'sdk/rest/core'],
  widget: ['sdk', 'sdk/wire'],
  'server/http': ['server/domain', 'sdk/wire'],
  'server/demo': ['server/domain', 'server/http/schemas', 'types:sdk/wire'],
  'server/domain': ['types:sdk/wire'],
  'server/locks': [],
  'server/network': ['types:server/domain/ports'],
  'server/store': ['types:server/domain/ports', 'types:sdk/wire', 'server/locks'],
  'server/livekit': ['types:server/domain/ports'],
  'server/tracing': ['types:server/domain/ports', 'types:server/environment'],
  'server/analysis': ['types:server/domain/ports', 'types:sdk/wire', 'server/dialogue'],
  'server/dialogue': ['types:sdk/wire'],
  'server/embedded': [],
  'server/agent': [
    'sdk/wire',
    'sdk/rest/core',
    'sdk/backend',
    'server/dialogue',
    'server/domain/templates',
    'server/environment',
    'server/network',
    'server/tracing',
  ],
  'server/workers': ['server/domain'],
  'server/console': ['sdk', 'sdk/wire', 'sdk/rest/core', 'sdk/backend', 'widget'],
  'server/start': ['server/environment', 'server/locks'],
  'server/environment': [],
  // main.ts, compose.ts and what composing needs.
  server: ['server', 'sdk/wire'],
};

/** Composing knows every part of the server process; the agent and the media server are other processes. */
const otherProcesses = ['server/agent', 'server/embedded', 'server/console', 'server/start'];

describe('import edges', () => {
  it('point only where the design allows', () => {
    const wrong = sources.flatMap((source) =>
      source.imports
        .filter((edge) => edge.own && !isAllowed(source, edge.target, edge.typeOnly))
        .map((edge) => `${source.path} → ${edge.target}${edge.typeOnly ? ' (types)' : ''}`),
    );
    expect(wrong).toEqual([]);
  });

  it('load livekit-client in one file only, and never with the page', () => {
    const importers = sources
      .filter((source) => source.imports.some((edge) => isMediaClient(edge)))
      .map((source) => source.path);
    expect(importers).toHaveLength(1);
    const [importer = ''] = importers;
    expect([...reachable(sources, 'sdk/index.ts', false)]).not.toContain(importer);
    expect([...reachable(sources, 'widget/define.ts', false)]).not.toContain(importer);
    expect([...reachable(sources, 'sdk/index.ts', true)]).toContain(importer);
  });

  it('keep the media server free of our own code and of the media client', () => {
    const targets = sources
      .filter((source) => source.path.startsWith('server/embedded/'))
      .flatMap((source) => source.imports.filter((edge) => edge.own))
      .filter((edge) => !edge.target.startsWith('server/embedded/'));
    expect(targets).toEqual([]);
  });

  it('never bring the agent framework into another process', () => {
    const importers = sources.filter((source) =>
      source.imports.some((edge) => /^@livekit\/agents/.test(edge.target)),
    );
    expect(importers.filter((source) => !source.path.startsWith('server/agent/'))).toEqual([]);
  });

  it('load the native media client with the server in one file only, and not before it is needed', () => {
    const importers = sources.flatMap((source) =>
      source.imports
        .filter((edge) => edge.target === '@livekit/rtc-node' && !edge.typeOnly)
        .filter(() => !source.path.startsWith('server/agent/'))
        .map((edge) => `${source.path} ${edge.dynamic ? 'later' : 'at once'}`),
    );
    expect(importers).toEqual(['server/livekit/room-listener.ts later']);
  });

  it('load OpenTelemetry with the server in one folder only, and not before it is needed', () => {
    const importers = sources.flatMap((source) =>
      source.imports
        .filter((edge) => edge.target.startsWith('@opentelemetry/') && !edge.typeOnly)
        .filter(() => !source.path.startsWith('server/agent/'))
        .map((edge) => `${source.path} ${edge.dynamic ? 'later' : 'at once'}`),
    );
    expect(importers.length).toBeGreaterThan(3);
    expect(importers.filter((one) => !/^server\/tracing\/\S+ later$/.test(one))).toEqual([]);
  });

  it('have no cycles', () => {
    expect(cycles(importsOf(sources))).toEqual([]);
  });

  it('have no cycles between folders of the domain', () => {
    expect(cycles(folderImports(sources, 'server/domain/'))).toEqual([]);
  });
});

function isAllowed(source: SourceFile, target: string, typeOnly: boolean): boolean {
  const from = partOf(source.path);
  const to = partOf(target);
  if (from === to) return true;
  if (from === 'server') {
    return target.startsWith('sdk/wire/') || !otherProcesses.includes(to);
  }
  return allowed[from].some((rule) => {
    const path = rule.replace(/^types:/, '');
    if (rule.startsWith('types:') && !typeOnly) return false;
    return path === to || target.startsWith(`${path}/`) || target === `${path}.ts`;
  });
}

function partOf(path: string): Part {
  return parts.find((part) => path.startsWith(`${part}/`)) ?? 'server';
}

function isMediaClient(edge: ImportEdge): boolean {
  return edge.target === 'livekit-client' && !edge.typeOnly;
}

/** By file, what it imports of our own; types aside. */
function importsOf(all: SourceFile[]): Map<string, string[]> {
  return new Map(
    all.map((source) => [
      source.path,
      source.imports.filter((edge) => edge.own && !edge.typeOnly).map((edge) => edge.target),
    ]),
  );
}

/** The same by folder of one part; a file beside the folders stands for itself. */
function folderImports(all: SourceFile[], part: string): Map<string, string[]> {
  const folderOf = (path: string): string => path.slice(part.length).split('/')[0] ?? path;
  const edges = new Map<string, string[]>();
  for (const [path, targets] of importsOf(all.filter((source) => source.path.startsWith(part)))) {
    const own = targets.filter((target) => target.startsWith(part)).map(folderOf);
    const from = folderOf(path);
    const known = edges.get(from) ?? [];
    edges.set(from, [...known, ...own.filter((to) => to !== from)]);
  }
  return edges;
}

/** Rings of more than one that lead back to where they began. */
function cycles(edges: Map<string, string[]>): string[][] {
  const found: string[][] = [];
  const done = new Set<string>();
  const walk = (path: string, trail: string[]): void => {
    const at = trail.indexOf(path);
    if (at >= 0) {
      found.push([...trail.slice(at), path]);
      return;
    }
    if (done.has(path)) return;
    for (const next of edges.get(path) ?? []) walk(next, [...trail, path]);
    done.add(path);
  };
  for (const path of edges.keys()) walk(path, []);
  return found;
}
