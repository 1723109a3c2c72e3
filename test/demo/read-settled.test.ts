/** A file that is read while it is written: never half of it. */
import {
  appendFileSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { readSettled } from '../../server/demo/read-settled.js';

const HALF = '# Salon\n\nBe brief.\n\n## Facts\n\n- A haircut costs thirty euros.\n';
const REST = '- A beard costs ten.\n';

function fileOf(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'settled-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'salon.md');
  writeFileSync(file, text);
  return file;
}

/** Whoever writes goes on in the pauses, as long as it has something to do. */
async function settled(
  path: string,
  writer: (() => void)[],
  read = () => readFileSync(path, 'utf8'),
) {
  let pauses = 0;
  const pause = () => {
    pauses += 1;
    writer.shift()?.();
    return Promise.resolve();
  };
  const found = await readSettled(path, read, new AbortController().signal, pause);
  return { found, pauses };
}

it('is read when it has been left alone', async () => {
  const path = fileOf(HALF);
  const more = [REST, REST, REST].map((text) => () => appendFileSync(path, text));
  const { found, pauses } = await settled(path, more);
  expect(found).toMatchObject({ value: HALF + REST + REST + REST });
  expect(pauses).toBe(4);
});

it('is read again when it was written in between, though the half made sense or none', async () => {
  for (const isHalfBad of [false, true]) {
    const path = fileOf(HALF);
    let reads = 0;
    const { found } = await settled(path, [], () => {
      const text = readFileSync(path, 'utf8');
      reads += 1;
      if (reads > 1) return text;
      appendFileSync(path, REST);
      if (isHalfBad) throw new Error('half a fact');
      return text;
    });
    expect(found).toMatchObject({ value: HALF + REST });
  }
});

it('is waited for while an editor puts another one in its place', async () => {
  const path = fileOf(HALF);
  rmSync(path);
  const { found } = await settled(path, [() => writeFileSync(path, REST)]);
  expect(found).toMatchObject({ value: REST });
  rmSync(path);
  expect(await settled(path, [])).toMatchObject({ found: { mark: 'ENOENT' } });
});

it('is not waited for when nobody has written it for long', async () => {
  const path = fileOf(HALF);
  const before = Date.now() / 1_000 - 60;
  utimesSync(path, before, before);
  expect(await settled(path, [])).toMatchObject({ found: { value: HALF }, pauses: 0 });
});

it('is not waited for any more once that is of no use', async () => {
  const path = fileOf(HALF);
  const stopping = new AbortController();
  const read = readSettled(path, () => HALF, stopping.signal);
  stopping.abort();
  expect(await read).toBe(null);
});
