/** Holds the size, the name and the head of every source file. */
import { basename } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readSources } from './source-files.js';

const sources = readSources();
const isGenerated = (path: string) => path === 'sdk/wire/generated.ts';

describe('source files', () => {
  it('are never longer than 400 lines', () => {
    const long = sources.filter(({ path, lines }) => lines > 400 && !isGenerated(path));
    expect(long.map((source) => `${source.path}: ${source.lines}`)).toEqual([]);
  });

  it('are short in general: median under 90 lines, nine in ten within 250', () => {
    const lines = sources.map((source) => source.lines).sort((a, b) => a - b);
    expect(lines[Math.floor(lines.length / 2)]).toBeLessThan(90);
    expect(lines[Math.floor(lines.length * 0.9)]).toBeLessThanOrEqual(250);
  });

  it('are named in kebab-case', () => {
    const odd = sources.filter(
      (source) => !/^[a-z0-9]+(-[a-z0-9]+)*(\.styles)?\.tsx?$/.test(basename(source.path)),
    );
    expect(odd.map((source) => source.path)).toEqual([]);
  });

  it('have no default export', () => {
    // The agent framework takes a job's entry as the default export of a file.
    const forced = 'server/agent/job-main.ts';
    const odd = sources.filter((source) => source.hasDefaultExport && source.path !== forced);
    expect(odd.map((source) => source.path)).toEqual([]);
  });

  it('say in a head comment what they are for', () => {
    const odd = sources.filter((source) => !/^(#!.*\n)?(\/\*\*|\/\/)/.test(source.head));
    expect(odd.map((source) => source.path)).toEqual([]);
  });
});
