/** Holds that what the element's comment promises is there, and that what is there is promised. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from './source-files.js';

const comment = read('widget/dialnexa-call.ts');
const views = readAll('widget/views') + comment.slice(comment.indexOf('export class'));
const styles = readAll('widget/styles');

describe('the documentation of <dialnexa-call>', () => {
  it('names every part that is drawn, and no other', () => {
    const drawn = [...views.matchAll(/ part="([^"]+)"/g)]
      .flatMap(([, names = '']) => names.replace(/\$\{final \? '' : '([\w-]+)'\}/, '$1').split(' '))
      .flatMap((name) => (name === 'turn-${role}' ? ['turn-user', 'turn-agent'] : [name]));
    expect(unique(drawn)).toEqual(documented(/@csspart ([\w-]+)/g));
  });

  it('names every property of the styles, and no other', () => {
    const used = [...styles.matchAll(/var\((--dialnexa-[\w-]+)/g)].map(([, name = '']) => name);
    expect(unique(used)).toEqual(documented(/@cssproperty \[(--dialnexa-[\w-]+)/g));
  });

  it('names every slot, and no other', () => {
    const slots = [...views.matchAll(/<slot name="(\w+)"/g)].map(([, name = '']) => name);
    expect(unique(slots)).toEqual(documented(/@slot (\w+)/g));
  });

  it('is told of every event of the SDK, each by a DOM event of its own, which the package exports', () => {
    const text = read('sdk/events.ts');
    const all = text.slice(text.indexOf('export interface CallEvents {'));
    const names = [...all.matchAll(/^ {2}(\w+): /gm)].map(([, name = '']) => name.toLowerCase());
    expect(names.length).toBeGreaterThan(15);
    const events = [...readAll('widget/events').matchAll(/eventName = 'dialnexa-([\w-]+)'/g)];
    expect(unique(events.map(([, name = '']) => name))).toEqual(unique([...names, 'start']));
    const exported = [...read('widget/index.ts').matchAll(/DialNexa(\w+)Event \}/g)];
    expect(unique(exported.map(([, name = '']) => name.toLowerCase()))).toEqual(
      unique([...names, 'start']),
    );
  });
});

function documented(pattern: RegExp): string[] {
  return unique([...comment.matchAll(pattern)].map(([, name = '']) => name));
}

function unique(names: string[]): string[] {
  return [...new Set(names)].sort();
}

function read(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

function readAll(folder: string): string {
  return readdirSync(join(root, folder))
    .map((name) => read(join(folder, name)))
    .join('\n');
}
